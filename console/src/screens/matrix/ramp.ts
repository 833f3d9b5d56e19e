/** Eight classes need seven limits; the first class is below the first of them. */
export const CLASSES = 8;

const SECONDS = [0.000_15, 0.000_6, 0.002_5, 0.01, 0.03, 0.1, 0.3];
const SHARES = [0.000_1, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

/** Limits of the classes: fixed where the unit allows it, so that colours compare over time and tests. */
export function limitsFor(unit: string, values: readonly number[]): number[] {
  if (unit === 'seconds') return SECONDS;
  if (unit === 'ratio') return SHARES;
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return [];
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  if (low === high) return [];
  // Even steps on a log scale between the least and the most there is.
  return Array.from({ length: CLASSES - 1 }, (_, i) => low * (high / low) ** ((i + 1) / CLASSES));
}

/** 0 to 7. */
export function classOf(value: number, limits: readonly number[]): number {
  return limits.filter((limit) => value >= limit).length;
}
