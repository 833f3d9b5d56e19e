'use client';

import type { SlowPhases } from '@streamswarm/contract/wire/phases';
import { useState } from 'react';
import { type TestName, useSlowPhases } from '../../api/queries.ts';
import { AgentPhaseBars } from '../../components/charts/agent-phase-bars.tsx';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useNow } from '../../components/state/use-now.ts';
import { clockTimeOn } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import { choiceTitle } from './band-frame.ts';
import css from './test-detail.module.css';
import type { ViewChoice } from './view-choice.ts';

/** So many have room beside the charts; the slowest are shown. */
const MOST = 12;

interface AgentPhasesProps {
  readonly name: TestName;
  readonly choice: ViewChoice;
}

/** In which phase, and for whom? Of the slow requests: a mean of all would hide them. */
export function AgentPhases({ name, choice }: AgentPhasesProps) {
  const [asTable, setAsTable] = useState(false);
  const now = useNow();
  const results = useSlowPhases(name, {
    range: useRange(),
    probe: choice.probe ?? '',
    destination: choice.destination,
    without: choice.off,
  });
  const title = `Phases by agent, ${choiceTitle(choice)}`;
  return (
    <div className={css['beneath']}>
      <Panel
        title="Phases by agent"
        caption={(data) => captionOf(data, now)}
        aside={<TwinButton asTable={asTable} onChange={setAsTable} />}
        query={results}
        reading="the phases by agent"
        empty={({ agents }) =>
          agents.length > 0 ? null : <Empty title="No request came to its end in this time." />
        }
      >
        {({ agents }) => <AgentPhaseBars title={title} agents={agents.slice(0, MOST)} asTable={asTable} />}
      </Panel>
    </div>
  );
}

function captionOf({ agents, oldestRead }: SlowPhases, nowMs: number): string {
  const words = ['means of the requests near p95, slowest first'];
  if (agents.length > MOST) words.push(`${MOST} of ${agents.length}`);
  if (oldestRead !== null) words.push(`the newest, from ${clockTimeOn(Date.parse(oldestRead), nowMs)} on`);
  return words.join(', ');
}
