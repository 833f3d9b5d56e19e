/** Below this a rate says more of clocks and buffers than of the path (seconds). */
const LEAST_SECONDS = 1;
/** A transfer of so many round trips has slow start behind it for most of its time. */
const LEAST_ROUND_TRIPS = 10;

/** How much of a body had come, or had been acknowledged, at a moment. */
export interface Progress {
  readonly bytes: number;
  readonly atMs: number;
}

/**
 * Rate between two moments of a transfer, bits per second: what was there at the first is not counted, as its time is
 * not. Refused where it lasted less than a second, or moved less than ten times the bandwidth-delay product, which is
 * to say: lasted less than ten round trips.
 */
export function transferRate(
  first: Progress,
  last: Progress,
  roundTripSeconds: number,
): number | 'too-short' {
  const seconds = (last.atMs - first.atMs) / 1e3;
  if (seconds < Math.max(LEAST_SECONDS, LEAST_ROUND_TRIPS * roundTripSeconds)) return 'too-short';
  return ((last.bytes - first.bytes) * 8) / seconds;
}
