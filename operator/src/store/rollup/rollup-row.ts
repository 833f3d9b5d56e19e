import { type Histogram, histogramOf, type Metric, mergeHistograms, type Probe } from '@streamswarm/contract';
import { rollupOf } from '../tables/columns.ts';

/** What one metric adds up to in some time of one stream. */
export interface Moments {
  n: number;
  sum: number;
  min: number | null;
  max: number | null;
  hist: Histogram | null;
}

/** One row of a rollup table: slots by outcome, and the moments of each metric that is rolled up. */
export interface RollupRow {
  readonly stream: string;
  /** Begin of the time, ms since the epoch. */
  readonly beginMs: number;
  ok: number;
  lost: number;
  error: number;
  readonly metrics: Map<string, Moments>;
}

export function emptyRollup(stream: string, beginMs: number): RollupRow {
  return { stream, beginMs, ok: 0, lost: 0, error: 0, metrics: new Map() };
}

/** Folds one value of a sample into its row; null adds nothing. */
export function addValue(row: RollupRow, metric: Metric, value: unknown): void {
  const rollup = rollupOf(metric);
  if (rollup === 'none' || value === null || value === undefined) return;
  const values = (Array.isArray(value) ? value : [value]) as number[];
  if (values.length === 0) return;
  const moments: Moments = {
    n: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    min: Math.min(...values),
    max: Math.max(...values),
    hist: rollup === 'histogram' ? histogramOf(values) : null,
  };
  row.metrics.set(metric.name, mergeMoments(row.metrics.get(metric.name), moments));
}

export function mergeMoments(a: Moments | undefined, b: Moments): Moments {
  if (a === undefined) return b;
  return {
    n: a.n + b.n,
    sum: a.sum + b.sum,
    min: least(a.min, b.min, Math.min),
    max: least(a.max, b.max, Math.max),
    hist: a.hist === null || b.hist === null ? (a.hist ?? b.hist) : mergeHistograms([a.hist, b.hist]),
  };
}

function least(a: number | null, b: number | null, pick: (a: number, b: number) => number): number | null {
  return a === null || b === null ? (a ?? b) : pick(a, b);
}

/** Adds a row of the same stream, of the same time or of a part of it. */
function addRow(sum: RollupRow, row: RollupRow): void {
  for (const outcome of ['ok', 'lost', 'error'] as const) sum[outcome] += row[outcome];
  for (const [metric, moments] of row.metrics)
    sum.metrics.set(metric, mergeMoments(sum.metrics.get(metric), moments));
}

/** One row a stream and time of this length, out of rows of shorter times. */
export function addUp(rows: readonly RollupRow[], lengthMs: number): RollupRow[] {
  const sums = new Map<string, RollupRow>();
  for (const row of rows) {
    const beginMs = Math.floor(row.beginMs / lengthMs) * lengthMs;
    const key = `${row.stream} ${beginMs}`;
    const sum = sums.get(key) ?? emptyRollup(row.stream, beginMs);
    sums.set(key, sum);
    addRow(sum, row);
  }
  return [...sums.values()];
}

/** The row in the order of rollupColumnNames. */
export function rollupValues(probe: Probe, row: RollupRow, merged = false): unknown[] {
  const begin = new Date(row.beginMs).toISOString();
  const values: unknown[] = [row.stream, begin, row.ok, row.lost, row.error, merged];
  for (const metric of probe.metrics) {
    const rollup = rollupOf(metric);
    if (rollup === 'none') continue;
    const moments = row.metrics.get(metric.name);
    if (rollup === 'sum') {
      values.push(moments?.sum ?? null);
      continue;
    }
    values.push(moments?.n ?? null, moments?.sum ?? null, moments?.min ?? null, moments?.max ?? null);
    if (rollup === 'histogram') values.push(moments?.hist ?? null);
  }
  return values;
}
