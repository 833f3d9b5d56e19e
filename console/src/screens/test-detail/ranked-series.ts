import type { Series } from '@streamswarm/contract/wire/views';
import { limitsTop } from '../../components/charts/limits-top.ts';
import { valueAxis } from '../../components/charts/value-axis.ts';

/** So many are told apart on one screen; the worst are shown. */
export const MOST = 24;

export interface RankedSeries {
  readonly series: Series;
  /** The newest value that it is ranked by; null where it has none. */
  readonly now: number | null;
}

/** Highest first. */
export function rankedSeries(series: readonly Series[]): RankedSeries[] {
  return series
    .map((each) => ({ series: each, now: latest(each) }))
    .sort((a, b) => (b.now ?? -1) - (a.now ?? -1));
}

/** What names one series among others of the same results. */
export function keyOfSeries({ agent, destination }: Pick<Series, 'agent' | 'destination'>): string {
  return `${agent} ${destination}`;
}

/** The ranked in the order that they had, and who is new behind them: a key must undo what it did before. */
export function inKeptOrder(ranked: readonly RankedSeries[], kept: readonly string[]): RankedSeries[] {
  const place = ({ series }: RankedSeries): number => {
    const at = kept.indexOf(keyOfSeries(series));
    return at === -1 ? kept.length : at;
  };
  return ranked.toSorted((a, b) => place(a) - place(b));
}

/** Largest value of the charts that are drawn: one scale, so that they compare. */
export function sharedAxis(series: readonly Series[], limits: readonly number[]): number {
  const top = series.flatMap((each) => (each.p95.some((value) => value !== null) ? each.p99 : each.max));
  return valueAxis(top, undefined, limitsTop(limits))?.max ?? 1;
}

function latest(series: Series): number | null {
  return (
    series.p95.findLast((value) => value !== null) ?? series.mean.findLast((value) => value !== null) ?? null
  );
}
