/** At most so many progress writes a second, over all tests. */
const WRITES_PER_SECOND = 10;
/** A little below the budget, so that urgent writes find room too. */
const PLANNED_PER_SECOND = 8;
const SHORTEST_PERIOD_MS = 10_000;

/** How often one test's progress is written: every 10 s, less often where many run. */
export function progressPeriodMs(runningTests: number): number {
  return Math.max(SHORTEST_PERIOD_MS, (runningTests / PLANNED_PER_SECOND) * 1_000);
}

export interface WriteBudget {
  /** Takes one write; answers 0, or how long to wait for one, in ms. */
  take(): number;
}

/** A bucket that holds one token: a burst would put more than its share into one second. */
export function startWriteBudget(monotonicMs: () => number): WriteBudget {
  let tokens = 1;
  let filledAtMs = monotonicMs();
  return {
    take() {
      const nowMs = monotonicMs();
      tokens = Math.min(1, tokens + ((nowMs - filledAtMs) / 1_000) * WRITES_PER_SECOND);
      filledAtMs = nowMs;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.ceil(((1 - tokens) / WRITES_PER_SECOND) * 1_000);
    },
  };
}
