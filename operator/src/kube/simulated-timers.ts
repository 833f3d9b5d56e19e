import type { Timers } from './timers.ts';

/** Time for tests: it stands still until somebody lets it pass. */
export class SimulatedTimers implements Timers {
  #nowMs = 0;
  readonly #planned = new Set<{ readonly dueMs: number; callback(): void }>();

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(ms: number, callback: () => void): () => void {
    const planned = { dueMs: this.#nowMs + ms, callback };
    this.#planned.add(planned);
    return () => void this.#planned.delete(planned);
  }

  /** Timers that are yet to fire. */
  get pending(): number {
    return this.#planned.size;
  }

  /** Lets time pass; what is due fires in order, and what follows from it in promises is done before the next. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#next(endMs); next !== null; next = this.#next(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      this.#planned.delete(next);
      next.callback();
      await settle();
    }
    this.#nowMs = endMs;
  }

  #next(endMs: number): { readonly dueMs: number; callback(): void } | null {
    let first = null;
    for (const planned of this.#planned)
      if (planned.dueMs <= endMs && (first === null || planned.dueMs < first.dueMs)) first = planned;
    return first;
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
