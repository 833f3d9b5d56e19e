'use client';

import type { Results } from '@streamswarm/contract/wire/views';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useResultsOf } from '../../api/queries.ts';
import { BandChart } from '../../components/charts/band-chart.tsx';
import { bandData, levelWords, reaching, whyEmpty } from '../../components/charts/band-data.ts';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useHeldAt, useNow } from '../../components/state/use-now.ts';
import { formatDuration } from '../../format/time.ts';
import { keyOf } from '../../url/query-string.ts';
import { useRange } from '../../url/use-query-state.ts';
import { useZoom } from '../../url/use-zoom.ts';
import { BAND } from '../test-detail/band-frame.ts';
import { metricWords } from '../test-detail/metric-words.ts';
import { sharedAxis } from '../test-detail/ranked-series.ts';
import { ZoomHint } from '../test-detail/zoom-hint.tsx';
import css from './compare.module.css';
import type { ComparedTest } from './compared-tests.ts';

const HEIGHT = 190;

/** The same chart for each test, below one another: one time, one scale, one cursor. */
export function CompareCharts({
  tests,
  metric,
}: {
  readonly tests: readonly ComparedTest[];
  readonly metric: string | null;
}) {
  const [asTable, setAsTable] = useState(false);
  const zoom = useZoom();
  const all = useResultsOf(tests, { range: useRange(), metric, by: 'none', width: BAND.points });
  // Each axis alone may clip its peaks: the longest of them is that of all.
  const measured = all.flatMap(({ data }) => data?.series ?? []).filter(({ max }) => max.some(isValue));
  const top = Math.max(0, ...measured.map((series) => sharedAxis([series], [])));
  return tests.map(({ name, probe }, place) => (
    <div key={keyOf(name)} className={css['chart']}>
      <TestChart
        title={`${keyOf(name)}, ${probe}`}
        results={all[place] as UseQueryResult<Results>}
        top={top}
        asTable={asTable}
        zoom={zoom}
        aside={
          place > 0 ? null : (
            <>
              <ZoomHint zoom={zoom} />
              <TwinButton asTable={asTable} onChange={setAsTable} />
            </>
          )
        }
      />
    </div>
  ));
}

const isValue = (value: number | null): boolean => value !== null;

interface TestChartProps {
  readonly title: string;
  readonly results: UseQueryResult<Results>;
  readonly top: number;
  readonly asTable: boolean;
  readonly zoom: ReturnType<typeof useZoom>;
  readonly aside: React.ReactNode;
}

function TestChart({ title, results, top, asTable, zoom, aside }: TestChartProps) {
  const heldMs = useHeldAt();
  const now = useNow();
  return (
    <Panel
      title={title}
      caption={(data) =>
        `${metricWords(data.metric)}, all agents and destinations, ${formatDuration(data.stepSeconds)} steps ${levelWords(data.level)}`
      }
      aside={aside}
      query={results}
      reading="the results"
      minHeight={HEIGHT}
      empty={(data) =>
        data.series.some(({ max }) => max.some(isValue)) ? null : (
          <Empty title="There is no value in this time.">
            {data.series.map((one) => whyEmpty(one)).join('')}
          </Empty>
        )
      }
    >
      {(data) => {
        const series = data.series[0];
        return series === undefined ? null : (
          <BandChart
            title={title}
            data={bandData(heldMs === null ? data : reaching(data, now), series)}
            height={HEIGHT}
            left={BAND.left}
            right={BAND.right}
            lane
            top={top}
            heldMs={heldMs}
            asTable={asTable}
            zoom={zoom}
          />
        );
      }}
    </Panel>
  );
}
