import type { Series } from '@streamswarm/contract';
import { type GuideField, guideValue, LOSS_FIELD } from './guide-fields.ts';
import { guideTime } from './guide-time.ts';

export interface GuidePoint {
  /** ISO 8601 without zone, in UTC. */
  readonly x: string;
  /** Null where a slot was due and this was not measured. */
  readonly y: number | null;
  /** A script measured it and said so: outside the books. */
  readonly submitted?: true;
}

/** Totals since boot only grow: the last of a step is its largest. */
const TOTAL = /^network_(bytes|packets|errors|drops)_/;

/** A series of ours as points of the guide; a step in which nothing was due is no point. */
export function guidePoints(
  field: GuideField,
  series: Series,
  { fromMs, stepMs }: { readonly fromMs: number; readonly stepMs: number },
): GuidePoint[] {
  return series.n.flatMap((n, step) => {
    const answered = (series.ok[step] ?? 0) + (series.lost[step] ?? 0) + (series.error[step] ?? 0);
    if (n === 0 && answered === 0) return [];
    return [{ x: guideTime(fromMs + step * stepMs), y: valueAt(field, series, step) }];
  });
}

function valueAt({ field, metric }: GuideField, series: Series, step: number): number | null {
  if (field === LOSS_FIELD) return lossPercent(series.sent[step], series.lost[step]);
  const value = (TOTAL.test(field) ? series.max : series.mean)[step] ?? null;
  return value === null ? null : guideValue(metric, value);
}

/** Per cent of the packets sent; null where none was. */
export function lossPercent(sent: number | null | undefined, lost: number | null | undefined): number | null {
  if (sent == null || lost == null || sent === 0) return null;
  return Number(((lost / sent) * 100).toPrecision(12));
}

/** Both in the order of time, where both are in it already. */
export function mergePoints(measured: readonly GuidePoint[], submitted: readonly GuidePoint[]): GuidePoint[] {
  if (submitted.length === 0) return [...measured];
  return [...measured, ...submitted].sort((a, b) => (a.x < b.x ? -1 : a.x > b.x ? 1 : 0));
}
