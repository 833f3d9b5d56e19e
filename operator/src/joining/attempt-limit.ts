/** Attempts of one address, and of all together, within a window. */
const WINDOW_MS = 60_000;
const MOST_OF_ONE = 20;
const MOST_OF_ALL = 200;

export interface AttemptLimit {
  /** Seconds to wait, or null where this attempt may be made. */
  waitSeconds(address: string): number | null;
}

/** Counts attempts in fixed windows: memory is bounded by what one window lets in. */
export function attemptLimit(monotonicMs: () => number): AttemptLimit {
  let beganMs = monotonicMs();
  let all = 0;
  const byAddress = new Map<string, number>();
  return {
    waitSeconds(address) {
      const nowMs = monotonicMs();
      if (nowMs - beganMs >= WINDOW_MS) {
        beganMs = nowMs;
        all = 0;
        byAddress.clear();
      }
      const own = byAddress.get(address) ?? 0;
      if (own >= MOST_OF_ONE || all >= MOST_OF_ALL) {
        return Math.max(1, Math.ceil((beganMs + WINDOW_MS - nowMs) / 1_000));
      }
      all++;
      byAddress.set(address, own + 1);
      return null;
    },
  };
}
