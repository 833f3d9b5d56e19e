'use client';

import { useState } from 'react';
import { usePhaseResults } from '../../api/queries.ts';
import { AgentPhaseBars } from '../../components/charts/agent-phase-bars.tsx';
import { agentPhases } from '../../components/charts/agent-phases.ts';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useRange } from '../../url/use-query-state.ts';
import { choiceTitle } from './band-frame.ts';
import type { PhasesProps } from './phases.tsx';
import css from './test-detail.module.css';

/** Only means of the whole time are drawn: few steps are enough to make them of. */
const STEPS = 12;
/** So many have room beside the charts; the longest are shown. */
const MOST = 12;

/** In which phase, and for whom? */
export function AgentPhases({ name, choice, phases }: Pick<PhasesProps, 'name' | 'choice' | 'phases'>) {
  const [asTable, setAsTable] = useState(false);
  const results = usePhaseResults(name, phases, {
    range: useRange(),
    probe: choice.probe ?? '',
    destination: choice.destination,
    by: 'agent',
    width: STEPS,
  });
  const title = `Phases by agent, ${choiceTitle(choice)}`;
  return (
    <div className={css['beneath']}>
      <Panel
        title="Phases by agent"
        caption={(data) => captionOf(agentPhases(data).length)}
        aside={<TwinButton asTable={asTable} onChange={setAsTable} />}
        query={results}
        reading="the phases by agent"
        empty={(data) =>
          agentPhases(data).length > 0 ? null : <Empty title="No request came to its end in this time." />
        }
      >
        {(data) => (
          <AgentPhaseBars title={title} agents={agentPhases(data).slice(0, MOST)} asTable={asTable} />
        )}
      </Panel>
    </div>
  );
}

function captionOf(agents: number): string {
  const shown = agents > MOST ? `, ${MOST} of ${agents}` : '';
  return `mean of all requests, longest first${shown}`;
}
