/**
 * Mergeable histograms of positive values with a bounded relative error (the log-linear idea of DDSketch,
 * Masson, Rim, Lee, VLDB 2019): bucket k holds values in (gamma^(k-1), gamma^k] and is answered by the value
 * in its relative middle, so that a quantile is off by at most RELATIVE_ERROR.
 *
 * A histogram is a flat list [key, count, key, count, ...] in ascending order of keys, because that is what
 * the store keeps (int4[]) and what merges without decoding. Zero has the key ZERO_KEY.
 */
export type Histogram = readonly number[];

export const RELATIVE_ERROR = 0.01;
export const ZERO_KEY = -1_000_000;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
/** Smaller values (a picosecond) count as zero. */
const SMALLEST = 1e-12;

export function histogramKey(value: number): number {
  return value < SMALLEST ? ZERO_KEY : Math.ceil(Math.log(value) / LOG_GAMMA);
}

/** The value that stands for a bucket: at most RELATIVE_ERROR away from each value in it. */
export function histogramValue(key: number): number {
  return key === ZERO_KEY ? 0 : (2 * GAMMA ** key) / (GAMMA + 1);
}

export function histogramOf(values: readonly number[]): Histogram {
  const counts = new Map<number, number>();
  for (const value of values) {
    const key = histogramKey(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return fromCounts(counts);
}

export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const counts = new Map<number, number>();
  for (const histogram of histograms) {
    for (let i = 0; i + 1 < histogram.length; i += 2) {
      const key = histogram[i] as number;
      counts.set(key, (counts.get(key) ?? 0) + (histogram[i + 1] as number));
    }
  }
  return fromCounts(counts);
}

export function histogramCount(histogram: Histogram): number {
  let count = 0;
  for (let i = 1; i < histogram.length; i += 2) count += histogram[i] as number;
  return count;
}

/** Nearest-rank quantile, 0 <= q <= 1, within RELATIVE_ERROR; null when the histogram is empty. */
export function histogramQuantile(histogram: Histogram, q: number): number | null {
  const rank = Math.max(1, Math.ceil(q * histogramCount(histogram)));
  let seen = 0;
  for (let i = 0; i + 1 < histogram.length; i += 2) {
    seen += histogram[i + 1] as number;
    if (seen >= rank) return histogramValue(histogram[i] as number);
  }
  return null;
}

function fromCounts(counts: Map<number, number>): Histogram {
  return [...counts].sort(([a], [b]) => a - b).flat();
}
