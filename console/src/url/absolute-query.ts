import { changedQuery } from './query-string.ts';
import { type Range, rangeWindow } from './range.ts';

/** The address of the same view with the times it shows at `nowMs`: whoever opens it sees the same, whenever. */
export function absoluteQuery(query: URLSearchParams, range: Range, nowMs: number): string {
  const { fromMs, toMs } = rangeWindow(range, nowMs);
  // The zoom that it came from is the way back of the one who zoomed.
  return changedQuery(query, { from: iso(fromMs), to: iso(toMs), range: null, out: null });
}

const iso = (ms: number): string => new Date(ms).toISOString();
