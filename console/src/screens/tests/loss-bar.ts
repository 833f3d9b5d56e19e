/** From a lost packet in 100,000 to all of them, five decades. */
const LEAST = 1e-5;

/** Length of a loss bar, 0 to 1, on a log scale: 0.001 % and below is its begin, 100 % its end. */
export function lossBar(ratio: number): number {
  if (ratio <= 0) return 0;
  return Math.min(1, Math.max(0.04, 1 - Math.log10(ratio) / Math.log10(LEAST)));
}
