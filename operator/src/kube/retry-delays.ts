import { type Rate, TokenBucket } from './token-bucket.ts';

export interface RetryDelays {
  /** The wait before the next try of this key, ms, and how often it has failed in a row. */
  next(key: string): { readonly waitMs: number; readonly failures: number };
  /** It has succeeded, or is given up. */
  forget(key: string): void;
}

const FIRST_MS = 5;
const LONGEST_MS = 30_000;

/**
 * The greater of two waits, as in controller-runtime: one of the key, doubled from 5 ms to 30 s with up to a quarter
 * of jitter, and one from a bucket for all keys, so that many failing keys do not hammer a server that is down.
 */
export function retryDelays({
  rate,
  random,
  monotonicMs,
}: {
  readonly rate: Rate;
  /** Uniform in [0, 1). */
  random(): number;
  monotonicMs(): number;
}): RetryDelays {
  const bucket = new TokenBucket(rate, monotonicMs);
  const failed = new Map<string, number>();
  return {
    next(key) {
      const failures = (failed.get(key) ?? 0) + 1;
      failed.set(key, failures);
      const ownMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (1 - random() / 4);
      return { waitMs: Math.max(ownMs, bucket.reserveMs()), failures };
    },
    forget(key) {
      failed.delete(key);
    },
  };
}
