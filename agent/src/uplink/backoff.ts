const FIRST_MS = 200;

export interface BackoffOptions {
  readonly longestMs: number;
  /** Uniform in [0, 1). */
  random(): number;
}

/**
 * Exponential back-off with full jitter: the wait is uniform below a bound that doubles from 0.2 s, so that many
 * agents that lost one server do not come back as one.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #boundMs = FIRST_MS;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** The next wait, ms; `limitMs` keeps its bound, and the next one's, below the longest. */
  nextMs(limitMs = Number.POSITIVE_INFINITY): number {
    const longestMs = Math.min(this.#options.longestMs, limitMs);
    const wait = this.#options.random() * Math.min(this.#boundMs, longestMs);
    this.#boundMs = Math.min(this.#boundMs * 2, longestMs);
    return wait;
  }

  reset(): void {
    this.#boundMs = FIRST_MS;
  }
}
