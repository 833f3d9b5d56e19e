/** Corrections up to this are slewed, larger ones are steps (ms). */
const STEP_MS = 500;
/** How fast a correction is slewed: 10 ms in a second, so that the clock never runs backwards. */
const SLEW_RATE = 0.01;
/** What a measured offset loses in trust as it ages: two quartz clocks drift apart by less than 100 ppm. */
const DRIFT_RATE = 1e-4;

export interface LocalClocks {
  /** Milliseconds that only grow, at the pace of real time. */
  monotonicMs(): number;
  /** Milliseconds since the epoch as this host believes. */
  wallMs(): number;
}

/**
 * The operator's clock, by which slots are due, kept on this host's monotonic clock: a jump of the host's own
 * wall clock moves nothing. Offsets come from answers of the operator (Cristian's method: its time belongs to the
 * middle of the request, give or take half the round trip).
 */
export class OperatorClock {
  readonly #clocks: LocalClocks;
  #offsetMs: number;
  #targetMs: number;
  #slewedAtMs: number;
  #errorMs = Number.POSITIVE_INFINITY;
  #measuredAtMs = 0;
  #state: 'unset' | 'stored' | 'synced';

  /** `storedOffsetMs`: operator minus wall clock from an earlier life, or null. */
  constructor(clocks: LocalClocks, storedOffsetMs: number | null) {
    this.#clocks = clocks;
    this.#slewedAtMs = clocks.monotonicMs();
    this.#offsetMs = clocks.wallMs() + (storedOffsetMs ?? 0) - this.#slewedAtMs;
    this.#targetMs = this.#offsetMs;
    this.#state = storedOffsetMs === null ? 'unset' : 'stored';
  }

  /** Whether slots may be placed by this clock, and how far it is to be trusted. */
  get state(): 'unset' | 'stored' | 'synced' {
    return this.#state;
  }

  /** Milliseconds of the operator's clock, with fractions. Runs backwards only where a resync had to step. */
  nowMs(): number {
    const monotonic = this.#clocks.monotonicMs();
    if (this.#offsetMs !== this.#targetMs) {
      const room = (monotonic - this.#slewedAtMs) * SLEW_RATE;
      const wanted = this.#targetMs - this.#offsetMs;
      this.#offsetMs += Math.max(-room, Math.min(room, wanted));
    }
    this.#slewedAtMs = monotonic;
    return monotonic + this.#offsetMs;
  }

  /** Half the round trip of the best answer, aged (ms): how far this clock may be off. */
  errorMs(): number {
    return this.#errorMs + (this.#clocks.monotonicMs() - this.#measuredAtMs) * DRIFT_RATE;
  }

  /** Operator minus wall clock (ms), to be kept for a start without an operator. */
  offsetFromWallMs(): number {
    return this.nowMs() - this.#clocks.wallMs();
  }

  /** An answer said `operatorMs`; its request left and came back at these monotonic times. */
  heardAnswer(operatorMs: number, sentMs: number, receivedMs: number): void {
    const errorMs = (receivedMs - sentMs) / 2;
    const offsetMs = operatorMs - (sentMs + receivedMs) / 2;
    const trusted = this.errorMs();
    // Outside both error bounds, the operator's clock itself was moved: the newer word counts.
    const moved = Math.abs(offsetMs - this.#targetMs) > trusted + errorMs;
    if (this.#state !== 'synced' || errorMs <= trusted || moved) this.#aim(offsetMs, errorMs, receivedMs);
  }

  /** A message without a question said `operatorMs`: it can only be later than that by now. */
  heardMessage(operatorMs: number, receivedMs: number): void {
    const atLeastMs = operatorMs - receivedMs;
    if (this.#state === 'synced' && atLeastMs > this.#targetMs) {
      this.#aim(atLeastMs, this.#errorMs, receivedMs);
    }
  }

  #aim(offsetMs: number, errorMs: number, atMs: number): void {
    this.nowMs();
    this.#targetMs = offsetMs;
    if (this.#state !== 'synced' || Math.abs(offsetMs - this.#offsetMs) > STEP_MS) this.#offsetMs = offsetMs;
    this.#errorMs = errorMs;
    this.#measuredAtMs = atMs;
    this.#state = 'synced';
  }
}
