import type { Results } from '@streamswarm/contract/wire/views';

/**
 * Samples in the time of some results: a slot that was denied or dropped has none. Null where minutes answered,
 * because raw samples may be gone for a part of their time.
 */
export function countRows({ level, series }: Results): number | null {
  if (level !== 'raw') return null;
  const sum = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0);
  return series.reduce((total, { ok, lostSlots, error }) => total + sum(ok) + sum(lostSlots) + sum(error), 0);
}
