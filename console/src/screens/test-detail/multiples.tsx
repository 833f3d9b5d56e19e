'use client';

import type { Results, Series, TestDetail } from '@streamswarm/contract/wire/views';
import { type TestName, useTestResults } from '../../api/queries.ts';
import { bandData } from '../../components/charts/band-data.ts';
import { MiniBand } from '../../components/charts/mini-band.tsx';
import { valueAxis } from '../../components/charts/value-axis.ts';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { DASH, joined, metricQuantity } from '../../format/numbers.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './test-detail.module.css';
import { destinationsOf, type ViewChoice } from './view-choice.ts';

/** So many are told apart on one screen; the worst are shown. */
const MOST = 24;

interface MultiplesProps {
  readonly name: TestName;
  readonly detail: TestDetail;
  readonly choice: ViewChoice;
}

/** The same chart for each agent, or for each destination where there is one agent only; one scale for all. */
export function Multiples({ name, detail, choice }: MultiplesProps) {
  const range = useRange();
  const byAgent = detail.summary.agents.assigned > 1;
  const results = useTestResults(name, {
    range,
    probe: choice.probe ?? '',
    metric: choice.metric,
    destination: byAgent ? choice.destination : null,
    by: byAgent ? 'agent' : 'destination',
    width: 90,
    enabled: choice.probe !== null,
  });
  const several = byAgent || destinationsOf(detail, choice.probe).length > 1;
  return (
    <Panel
      title={byAgent ? 'By agent' : 'By destination'}
      caption={(data) => scaleWords(data)}
      aside={upper(results.data) === 'p95' ? 'p95 now' : 'now'}
      query={results}
      reading="the results apart"
      empty={(data) =>
        several && data.series.length > 0 ? null : (
          <Empty title="There is only one of them: it is drawn above." />
        )
      }
    >
      {(data) => <Charts results={data} byAgent={byAgent} />}
    </Panel>
  );
}

function Charts({ results, byAgent }: { readonly results: Results; readonly byAgent: boolean }) {
  const axis = sharedAxis(results);
  const ranked = [...results.series]
    .map((series) => ({ series, now: latest(series) }))
    .sort((a, b) => (b.now ?? -1) - (a.now ?? -1))
    .slice(0, MOST);
  return (
    <ul className={css['multiples']}>
      {ranked.map(({ series, now }) => {
        const label = (byAgent ? series.agent : series.destination) ?? '';
        return (
          <li key={label}>
            <p>
              <b>{label}</b>
              <span>{now === null ? DASH : joined(metricQuantity(now, results.unit))}</span>
            </p>
            <MiniBand data={bandData(results, series)} max={axis} label={label} />
          </li>
        );
      })}
    </ul>
  );
}

/** Largest value of all charts: one scale, so that they compare. */
function sharedAxis({ series }: Results): number {
  const top = series.flatMap((each) => (each.p95.some((value) => value !== null) ? each.p99 : each.max));
  return valueAxis(top)?.max ?? 1;
}

function scaleWords(results: Results): string {
  return `same scale 0 – ${joined(metricQuantity(sharedAxis(results), results.unit))}, highest first${
    results.series.length > MOST ? `, ${MOST} of ${results.series.length}` : ''
  }`;
}

function latest(series: Series): number | null {
  return (
    series.p95.findLast((value) => value !== null) ?? series.mean.findLast((value) => value !== null) ?? null
  );
}

function upper(results: Results | undefined): 'p95' | 'mean' {
  return results?.series.some(({ p95 }) => p95.some((value) => value !== null)) === true ? 'p95' : 'mean';
}
