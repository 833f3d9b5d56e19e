'use client';

import type { Catalogue } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { type TestName, usePhaseResults } from '../../api/queries.ts';
import { levelWords } from '../../components/charts/band-data.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { PhaseChart } from '../../components/charts/phase-chart.tsx';
import { phaseData } from '../../components/charts/phase-data.ts';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useHeldAt } from '../../components/state/use-now.ts';
import { formatDuration } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import { useZoom } from '../../url/use-zoom.ts';
import { mergedWords } from './agents-off.ts';
import { BAND, choiceTitle } from './band-frame.ts';
import type { ViewChoice } from './view-choice.ts';

export interface PhasesProps {
  readonly name: TestName;
  readonly choice: ViewChoice;
  readonly phases: NonNullable<Catalogue['probes'][number]['phases']>;
  readonly markers: readonly Marker[];
}

/** In which part of a request its time went, step by step. */
export function Phases({ name, choice, phases, markers }: PhasesProps) {
  const heldMs = useHeldAt();
  const zoom = useZoom();
  const [asTable, setAsTable] = useState(false);
  const results = usePhaseResults(name, phases, {
    range: useRange(),
    probe: choice.probe ?? '',
    without: choice.off,
    destination: choice.destination,
    by: 'none',
    width: BAND.points,
  });
  const title = `Phases of ${choiceTitle(choice)}`;
  return (
    <Panel
      title={title}
      caption={({ total }) =>
        `mean of all requests, ${mergedWords(choice.off)}, never overlapping, ${formatDuration(total.stepSeconds)} steps ${levelWords(total.level)}`
      }
      aside={<TwinButton asTable={asTable} onChange={setAsTable} />}
      query={results}
      reading="the phases"
      minHeight={190}
      empty={({ total }) =>
        total.series.some((series) => series.n.some((n) => n > 0)) ? null : (
          <Empty title="No request came to its end in this time." />
        )
      }
    >
      {(data) => (
        <PhaseChart
          title={title}
          data={phaseData(data)}
          height={176}
          left={BAND.left}
          right={BAND.right}
          markers={markers}
          heldMs={heldMs}
          asTable={asTable}
          zoom={zoom}
        />
      )}
    </Panel>
  );
}
