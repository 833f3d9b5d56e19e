import type { Backoff } from './backoff.ts';
import { isSilence } from './not-reached.ts';
import { RefusedError } from './operator-http.ts';
import { retryAfterMs } from './retry-after.ts';

/** A way that is healed is tried within this; nobody is there to be stormed as long as nothing answers. */
const LONGEST_IN_SILENCE_MS = 2_000;

/**
 * How long to wait after an attempt that failed so, ms: never sooner than the operator asked (Retry-After), and never
 * all agents at once, because the jitter comes on top of what they were all told.
 */
export function waitAfter(error: unknown, backoff: Backoff, wallMs: number): number {
  if (isSilence(error)) return backoff.nextMs(LONGEST_IN_SILENCE_MS);
  return askedMs(error, wallMs) + backoff.nextMs();
}

function askedMs(error: unknown, wallMs: number): number {
  if (!(error instanceof RefusedError)) return 0;
  const { status, retryAfter } = error.refusal;
  return status === 429 || status === 503 ? retryAfterMs(retryAfter, wallMs) : 0;
}
