/**
 * Percentile by nearest rank (RFC 2330, 11.3): the smallest value with at least `percent` % of all at or below
 * it. Null for no values.
 */
export function nearestRank(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? null;
}
