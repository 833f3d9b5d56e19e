import { formatCount } from '@streamswarm/contract/format/numbers';
import type { Results, Series } from '@streamswarm/contract/wire/views';
import type { PlotData } from './plot-geometry.ts';

/** What a band chart draws, step by step: its layers are a line, then the upper edges of its bands. */
export interface BandData extends PlotData {
  readonly series: Series;
}

/** Percentiles where there are any, else mean and largest: of a `gauge` they would say nothing. */
export function bandData(results: Results, series: Series, kind: 'gauge' | null = null): BandData {
  const distributed = kind === null && series.p95.some((value) => value !== null);
  const layers = distributed
    ? [
        { name: 'p50', values: series.p50 },
        { name: 'p95', values: series.p95 },
        { name: 'p99', values: series.p99 },
      ]
    : [
        { name: 'mean', values: series.mean },
        { name: 'max', values: series.max },
      ];
  return {
    fromMs: Date.parse(results.from),
    stepMs: results.stepSeconds * 1_000,
    steps: results.steps,
    unit: results.unit,
    layers,
    series,
  };
}

/** The same results on an axis that reaches `nowMs`: what is held ends before it. */
export function reaching(results: Results, nowMs: number): Results {
  const stepMs = results.stepSeconds * 1_000;
  const more = Math.ceil((nowMs - Date.parse(results.to)) / stepMs);
  if (more <= 0) return results;
  return {
    ...results,
    steps: results.steps + more,
    to: new Date(Date.parse(results.to) + more * stepMs).toISOString(),
  };
}

/** Why a step, or all of them, have no value, from their slots; the counts are all that is known. */
export function whyEmpty(series: Series, step?: number): string {
  const of = (counts: readonly number[]): number =>
    step === undefined ? counts.reduce((sum, count) => sum + count, 0) : (counts[step] ?? 0);
  const parts = (
    [
      ['lost', series.lostSlots],
      ['in error', series.error],
      ['denied', series.denied],
      ['dropped', series.dropped],
    ] as const
  ).flatMap(([word, counts]) => (of(counts) > 0 ? [`${formatCount(of(counts))} slots ${word}`] : []));
  return parts.length > 0 ? parts.join(', ') : 'no sample: nothing was due, or it has not come in yet';
}

/** One sentence for people who do not see the chart. */
export function bandSummary(
  title: string,
  { layers, series }: BandData,
  format: (value: number) => string,
): string {
  const figures = layers.flatMap(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    const last = known.at(-1);
    return last === undefined ? [] : [`${name} now ${format(last)}, at most ${format(Math.max(...known))}`];
  });
  if (figures.length === 0) return `${title}: no values in this time.`;
  const sent = series.sent.reduce((sum, n) => sum + n, 0);
  const lost = series.lost.reduce((sum, n) => sum + n, 0);
  return `${title}: ${figures.join('; ')}. Lost ${lost} of ${sent}.`;
}

/** Mean length of what is drawn, for captions: `10 s steps from raw samples`. */
export function levelWords(level: Results['level']): string {
  return level === 'raw' ? 'from raw samples' : `from the rollup of ${level.replace(/(?=[a-z])/, ' ')}`;
}
