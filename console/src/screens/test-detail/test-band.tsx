'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import { useState } from 'react';
import { type TestName, useTestResults } from '../../api/queries.ts';
import { BandChart } from '../../components/charts/band-chart.tsx';
import { bandData, levelWords, reaching } from '../../components/charts/band-data.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useHeldAt, useNow } from '../../components/state/use-now.ts';
import { formatDuration } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import { useZoom } from '../../url/use-zoom.ts';
import { mergedWords } from './agents-off.ts';
import { BAND, choiceTitle } from './band-frame.ts';
import { limitsOf } from './limits.ts';
import { metricWords } from './metric-words.ts';
import { useComparison } from './use-comparison.ts';
import { kindOf, type ViewChoice } from './view-choice.ts';
import { ZoomHint } from './zoom-hint.tsx';

interface TestBandProps {
  readonly name: TestName;
  readonly detail: TestDetail;
  readonly choice: ViewChoice;
  readonly markers: readonly Marker[];
}

export function TestBand({ name, detail, choice, markers }: TestBandProps) {
  const zoom = useZoom();
  const range = useRange();
  const heldMs = useHeldAt();
  const now = useNow();
  const [asTable, setAsTable] = useState(false);
  const results = useTestResults(name, {
    range,
    probe: choice.probe ?? '',
    metric: choice.metric,
    without: choice.off,
    destination: choice.destination,
    by: 'none',
    width: BAND.points,
    enabled: choice.probe !== null,
  });
  const comparison = useComparison(name, choice, { shown: results.data, markers });
  const title = choiceTitle(choice);
  return (
    <Panel
      title={title}
      caption={(data) =>
        `${metricWords(data.metric)}, ${mergedWords(choice.off)}, ${formatDuration(data.stepSeconds)} steps ${levelWords(data.level)}`
      }
      aside={
        <>
          <ZoomHint zoom={zoom} />
          <TwinButton asTable={asTable} onChange={setAsTable} />
        </>
      }
      query={results}
      reading="the results"
      minHeight={300}
      empty={(data) =>
        data.series.some((series) => series.n.some((n) => n > 0) || series.sent.some((n) => n > 0)) ? null : (
          <Empty
            title={
              choice.off.length === 0
                ? 'Nothing was measured in this time.'
                : 'The agents that are on measured nothing in this time.'
            }
          >
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
            left={BAND.left}
            right={BAND.right}
            lane
            heldMs={heldMs}
            markers={markers}
            limits={limitsOf(detail.manifest.spec, kindOf(detail, choice.probe), data.metric)}
            asTable={asTable}
            zoom={zoom}
            comparison={comparison}
          />
        );
      }}
    </Panel>
  );
}
