import { libc } from './libc.ts';
import { CLOCK_REALTIME } from './linux.ts';
import type { Slab } from './slab.ts';

/** A pair of readings further apart than this was interrupted, and is read again. */
const CLEAN_PAIR_MS = 0.02;
const ATTEMPTS = 5;

/** Watches how CLOCK_REALTIME, on which the kernel stamps, moves against the monotonic clock. */
export class ClockWatch {
  readonly epochSeconds: number;
  readonly #slab: Slab;
  readonly #at: number;

  constructor(slab: Slab) {
    this.#slab = slab;
    this.#at = slab.reserve(16);
    libc.clock_gettime(CLOCK_REALTIME, slab.addressOf(this.#at));
    this.epochSeconds = Number(slab.view.getBigInt64(this.#at, true));
  }

  /** CLOCK_REALTIME minus monotonic in ns; only differences between two readings mean anything. */
  offsetNs(): number {
    let best = 0;
    let bestWidth = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < ATTEMPTS && bestWidth > CLEAN_PAIR_MS; attempt++) {
      const before = performance.now();
      libc.clock_gettime(CLOCK_REALTIME, this.#slab.addressOf(this.#at));
      const after = performance.now();
      if (after - before >= bestWidth) continue;
      bestWidth = after - before;
      best = this.#realNs() - (before + after) * 5e5;
    }
    return best;
  }

  #realNs(): number {
    const seconds = Number(this.#slab.view.getBigInt64(this.#at, true)) - this.epochSeconds;
    return seconds * 1e9 + this.#slab.view.getUint32(this.#at + 8, true);
  }
}
