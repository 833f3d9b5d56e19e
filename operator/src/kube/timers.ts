/** Time as the runtime sees it: what a test can simulate. */
export interface Timers {
  /** Milliseconds that only grow. */
  monotonicMs(): number;
  /** Calls back once, `ms` from now; the result cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
