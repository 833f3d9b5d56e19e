export interface Rate {
  readonly perSecond: number;
  /** How many at once after a quiet time. */
  readonly burst: number;
}

/** A token bucket (Go's x/time/rate): full at first, refilled at a steady rate. */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #monotonicMs: () => number;
  #tokens: number;
  #atMs: number;

  constructor(rate: Rate, monotonicMs: () => number) {
    this.#rate = rate;
    this.#monotonicMs = monotonicMs;
    this.#tokens = rate.burst;
    this.#atMs = monotonicMs();
  }

  /** Takes a token, in advance where there is none now, and says in how many ms it is due. */
  reserveMs(): number {
    this.#refill();
    this.#tokens--;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate.perSecond) * 1_000;
  }

  /** Takes a token if there is one now. */
  take(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  isFull(): boolean {
    this.#refill();
    return this.#tokens >= this.#rate.burst;
  }

  #refill(): void {
    const nowMs = this.#monotonicMs();
    const gained = ((nowMs - this.#atMs) / 1_000) * this.#rate.perSecond;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + gained);
    this.#atMs = nowMs;
  }
}
