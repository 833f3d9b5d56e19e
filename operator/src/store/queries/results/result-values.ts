import { type Histogram, histogramQuantile, type Metric, type RollupLevel } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import { rollupOf } from '../../tables/columns.ts';
import { mergePacked, packed } from './packed-histograms.ts';
import {
  type Selection,
  type SeriesKey,
  STEP,
  STEP_MS,
  type SteppedWindow,
  stepIndex,
  steppedRows,
  steppedValues,
} from './selection.ts';

/** Values of a metric in one step of one series; null where the level does not keep that figure. */
export interface ValueStep extends SeriesKey {
  readonly step: number;
  readonly n: number;
  readonly min: number | null;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

const QUANTILES = [0.5, 0.95, 0.99] as const;

/** Values by series and step out of the samples themselves: percentiles are exact (nearest rank). */
export async function rawValues(
  db: Queryable,
  selection: Selection,
  window: SteppedWindow,
  metric: Metric,
): Promise<ValueStep[]> {
  const value = metric.kind === 'samples' ? `unnest(r."${metric.name}")` : `r."${metric.name}"`;
  const rows = await db.query<SeriesKey & Moments & { bin: Date; percentiles: number[] }>(
    `select agent, destination, bin, count(v)::float8 as n, min(v)::text::float8 as min, avg(v::float8) as mean,
       max(v)::text::float8 as max,
       percentile_disc(array[${QUANTILES.join(', ')}]) within group (order by v)::text::float8[] as percentiles
     from (select s.agent, s.destination, ${STEP} as bin, ${value} as v
           from ${steppedRows(selection, 'raw')}) as samples
     where v is not null
     group by agent, destination, bin`,
    steppedValues(selection, window),
  );
  return rows.map(({ percentiles: [p50 = null, p95 = null, p99 = null], bin, ...row }) => ({
    ...row,
    p50,
    p95,
    p99,
    step: stepIndex(bin, window),
  }));
}

interface Moments {
  readonly n: number;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
}

/** The same out of a rollup: percentiles come from merged histograms, where the metric has one. */
export async function rollupValues(
  db: Queryable,
  selection: Selection,
  window: SteppedWindow,
  { level, metric }: { level: RollupLevel; metric: Metric },
): Promise<ValueStep[]> {
  const rollup = rollupOf(metric);
  const column = (suffix: string): string => `r."${metric.name}_${suffix}"`;
  // A count is kept as its sum alone; it is measured in each slot that could send, which is ok + lost.
  const n = rollup === 'sum' ? 'sum(r.ok + r.lost)' : `sum(${column('n')})`;
  const bounds =
    rollup === 'sum'
      ? 'null::float8 as min, null::float8 as max'
      : `min(${column('min')}) as min, max(${column('max')}) as max`;
  const histograms = rollup === 'histogram' ? packed(column('hist')) : 'null::text';
  const text = `select s.agent, s.destination, ${STEP_MS} as bin, ${n}::float8 as n,
       sum(${column('sum')})::float8 / nullif(${n}, 0) as mean, ${bounds}, ${histograms} as histograms
     from ${steppedRows(selection, level)} group by 1, 2, ${STEP} having ${n} > 0`;
  const parts = await Promise.all(
    halvesOf(window).map(async (half) => {
      const rows = await db.query<SeriesKey & Moments & { bin: number; histograms: string | null }>(
        text,
        steppedValues(selection, half),
      );
      return rows.map(({ bin, histograms: merged, ...row }) => {
        const histogram = mergePacked(merged);
        const [p50, p95, p99] = QUANTILES.map((q) => histogramQuantile(histogram, q)) as [
          number,
          number,
          number,
        ];
        return { ...row, p50, p95, p99, step: stepIndex(bin, window) };
      });
    }),
  );
  return parts.flat();
}

/** Two halves at the border of a step: Postgres works on one while the histograms of the other are added up. */
function halvesOf(window: SteppedWindow): SteppedWindow[] {
  const { fromMs, toMs, stepMs } = window;
  const middleMs = fromMs + Math.round((toMs - fromMs) / stepMs / 2) * stepMs;
  return middleMs <= fromMs || middleMs >= toMs
    ? [window]
    : [
        { ...window, toMs: middleMs },
        { ...window, fromMs: middleMs },
      ];
}

/** Keys and their counts as one flat histogram. */
export function zip(keys: readonly number[], counts: readonly number[]): Histogram {
  return keys.flatMap((key, i) => [key, counts[i] ?? 0]);
}
