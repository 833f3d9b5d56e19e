import { isGone, KubeError } from './kube-error.ts';

/** What a cache knows when a list or a watch has failed. */
export interface Failure {
  readonly error: unknown;
  /** How long the watch was open, ms; null where it never opened, and for a list. */
  readonly openMs: number | null;
  /** Since the last whole list, ms. */
  readonly sinceListMs: number;
  /** Failures since an event or a bookmark last came, this one counted. */
  readonly failuresInRow: number;
}

export interface Retry {
  readonly next: 'list' | 'watch';
  /** `soon`: below a second, at random; `back-off`: longer each time; a number: what the server asks for, ms. */
  readonly wait: 'soon' | 'back-off' | number;
}

/** A watch that held so long was in order: its end is none of a server in trouble. */
const IN_ORDER_MS = 1_000;
/** Lists are costly; one that is asked for sooner again backs off. */
const LIST_APART_MS = 5_000;
/** Watches from the same resourceVersion have failed so often that the resourceVersion itself may be at fault. */
const LIST_AFTER_FAILURES = 3;

/** How to go on after a failure, as the reflector of client-go does. Pure. */
export function decideRetry({ error, openMs, sinceListMs, failuresInRow }: Failure): Retry {
  const next = isGone(error) || failuresInRow % LIST_AFTER_FAILURES === 0 ? 'list' : 'watch';
  if (error instanceof KubeError && error.retryAfterMs !== null) return { next, wait: error.retryAfterMs };
  // History was compacted: a thing of every day, after a restart of the API server too.
  if (isGone(error)) return { next, wait: sinceListMs > LIST_APART_MS ? 'soon' : 'back-off' };
  const wasCut = error instanceof KubeError && error.status === 0 && openMs !== null && openMs >= IN_ORDER_MS;
  return { next, wait: wasCut ? 'soon' : 'back-off' };
}
