'use client';

import type { EventView } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { type TestName, useEvents, useTestResults } from '../../api/queries.ts';
import { BandChart } from '../../components/charts/band-chart.tsx';
import { bandData, levelWords, reaching } from '../../components/charts/band-data.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useHeldAt, useNow } from '../../components/state/use-now.ts';
import { formatDuration } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import { metricWords } from './metric-words.ts';
import type { ViewChoice } from './view-choice.ts';

const EVENTS = 100;

export function TestBand({ name, choice }: { readonly name: TestName; readonly choice: ViewChoice }) {
  const range = useRange();
  const heldMs = useHeldAt();
  const now = useNow();
  const [asTable, setAsTable] = useState(false);
  const results = useTestResults(name, {
    range,
    probe: choice.probe ?? '',
    metric: choice.metric,
    destination: choice.destination,
    by: 'none',
    width: 360,
    enabled: choice.probe !== null,
  });
  const events = useEvents(EVENTS, name).data?.items ?? [];
  const title = `${choice.probe ?? 'nothing'} → ${choice.destination ?? 'all destinations'}`;
  return (
    <Panel
      title={title}
      caption={(data) =>
        `${metricWords(data.metric)}, all agents, ${formatDuration(data.stepSeconds)} steps ${levelWords(data.level)}`
      }
      aside={<TwinButton asTable={asTable} onChange={setAsTable} />}
      query={results}
      reading="the results"
      minHeight={300}
      empty={(data) =>
        data.series.some((series) => series.n.some((n) => n > 0) || series.sent.some((n) => n > 0)) ? null : (
          <Empty title="Nothing was measured in this time.">
            No sample of {title} came in. The outcomes below say what became of the slots that were due.
          </Empty>
        )
      }
    >
      {(data) => {
        const series = data.series[0];
        if (series === undefined) return null;
        return (
          <BandChart
            title={title}
            data={bandData(heldMs === null ? data : reaching(data, now), series)}
            height={304}
            left={58}
            right={58}
            lane
            heldMs={heldMs}
            markers={markersOf(events)}
            asTable={asTable}
          />
        );
      }}
    </Panel>
  );
}

/** Runs, edits and agents coming and going; warnings are red. */
function markersOf(events: readonly EventView[]): Marker[] {
  return events.map((event) => ({
    ms: Date.parse(event.at),
    text: `${event.agent ?? ''} ${event.message}`.trim(),
    bad: event.warning,
  }));
}
