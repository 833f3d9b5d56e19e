const FIRST_MS = 800;
/** The bound of what is doubled: with its jitter a wait is never above 30 s. */
const LARGEST_MS = 15_000;
/** After so long without a failure it begins anew. */
const QUIET_MS = 120_000;

export interface WatchBackoff {
  /** The next wait, ms. */
  nextMs(): number;
  /** Things have gone well: it begins anew. */
  reset(): void;
}

/**
 * Waits of the reflector of client-go (0.8 s doubled up to 30 s, begun anew after 2 min of quiet), each with up to as
 * much again of jitter, so that the caches of many programs do not come back as one.
 */
export function watchBackoff({
  random,
  monotonicMs,
}: {
  /** Uniform in [0, 1). */
  random(): number;
  monotonicMs(): number;
}): WatchBackoff {
  let boundMs = FIRST_MS;
  let lastAtMs = Number.NEGATIVE_INFINITY;
  return {
    nextMs() {
      const nowMs = monotonicMs();
      if (nowMs - lastAtMs > QUIET_MS) boundMs = FIRST_MS;
      const waitMs = boundMs * (1 + random());
      lastAtMs = nowMs + waitMs;
      boundMs = Math.min(LARGEST_MS, boundMs * 2);
      return waitMs;
    },
    reset() {
      boundMs = FIRST_MS;
    },
  };
}
