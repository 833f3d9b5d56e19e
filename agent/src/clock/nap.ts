import type { Timers } from './timers.ts';

/** A wait that can be cut short; a call that comes while nobody sleeps cuts the next one short. */
export class Nap {
  readonly #timers: Timers;
  #wake: (() => void) | null = null;
  #isCalled = false;
  #isOver = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Resolves after `ms`, or as soon as `wake` is called. One nap at a time. */
  sleep(ms: number): Promise<void> {
    if (this.#isOver || this.#isCalled) {
      this.#isCalled = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const cancel = this.#timers.after(ms, () => this.#wake?.());
      this.#wake = () => {
        cancel();
        this.#wake = null;
        resolve();
      };
    });
  }

  wake(): void {
    if (this.#wake === null) this.#isCalled = true;
    else this.#wake();
  }

  /** From now on nobody sleeps. */
  end(): void {
    this.#isOver = true;
    this.#wake?.();
  }
}
