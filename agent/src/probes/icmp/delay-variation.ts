/** A round trip and its place in the order of sending. */
export interface RoundTrip {
  seq: number;
  rttSeconds: number;
}

/** Second minus first of every pair that was sent one right after the other; both must have been answered. */
export function adjacentDifferences(inSendOrder: readonly RoundTrip[]): number[] {
  const differences: number[] = [];
  inSendOrder.forEach((second, i) => {
    const first = inSendOrder[i - 1];
    if (first !== undefined && second.seq === first.seq + 1) {
      differences.push(second.rttSeconds - first.rttSeconds);
    }
  });
  return differences;
}

/**
 * Smoothed jitter, RFC 3550 6.4.1: J += (|D| - J) / 16 from J = 0, applied to round trips instead of transit
 * times and to adjacent sequence numbers only. Null without a pair.
 */
export function smoothedJitter(differences: readonly number[]): number | null {
  if (differences.length === 0) return null;
  return differences.reduce((jitter, difference) => jitter + (Math.abs(difference) - jitter) / 16, 0);
}
