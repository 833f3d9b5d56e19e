import { firstSlotDueFrom, type SlotRange, slotsDueIn } from '@streamswarm/contract/slot/slot';
import type { SpanSlots } from '@streamswarm/contract/wire/batch';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import type { Timers } from '../clock/timers.ts';
import { isSameSpan, type KnownSpan, type Plan } from '../plan/plan.ts';
import type { PreparedProbe } from '../probes/probe-runner.ts';
import type { Recorder } from '../spool/recorder.ts';
import { DueHeap } from './due-heap.ts';
import { intakeSpan } from './intake-span.ts';
import { SlotAttempts, type SlotAttemptsOptions } from './slot-attempts.ts';
import { type OpenSlot, SpanState } from './span-state.ts';

/** The timer never waits longer: a step of the operator's clock is noticed within it. */
const LONGEST_WAIT_MS = 1_000;
/** After so many begun slots in one turn, others get theirs (answers, acknowledgements). */
const TURN = 500;
export interface SchedulerOptions extends Omit<SlotAttemptsOptions, 'recorder' | 'wait' | 'forget'> {
  readonly timers: Timers;
  readonly recorder: SlotAttemptsOptions['recorder'] & Pick<Recorder, 'dropAfterStop'>;
  /** From then on (operator's clock, ms) the plan is not valid without having heard from the operator again. */
  leaseEndMs(): number;
  /** Null where this agent has no such probe. */
  prepare(planned: PlannedSpan): PreparedProbe | null;
  /** A span is gone for good. */
  forgetSpan(planned: PlannedSpan): void;
}

/** What is known of a span's slots from before it was given to this scheduler. */
export interface EarlierAnswers {
  readonly startedMs: number;
  answered(known: KnownSpan): { doneMs: number; open: readonly SlotRange[] } | null;
  spooled(span: number): readonly SlotRange[];
}

/** Begins each slot of each span in its time, and answers each exactly once: one heap, one timer. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #spans = new Map<number, SpanState>();
  readonly #heap = new DueHeap<SpanState | OpenSlot>();
  readonly #attempts: SlotAttempts;
  #cancelTimer: (() => void) | null = null;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #isStopped = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#attempts = new SlotAttempts({
      ...options,
      wait: (open) => {
        this.#heap.push(open);
        this.#arm();
      },
      forget: (open) => this.#heap.remove(open),
    });
  }

  /** Takes a plan: new spans begin, changed ones change, closed ones stop at once. */
  take(plan: Plan, earlier: EarlierAnswers): void {
    const changed = new Map<SpanState, number>();
    for (const known of plan.spans.values()) {
      const state = this.#spans.get(known.planned.span);
      if (state === undefined) this.#intake(known, earlier);
      else if (!isSameSpan(state.planned, known.planned)) this.#change(state, known.planned, changed);
    }
    for (const [id, state] of this.#spans) {
      if (plan.spans.has(id)) continue;
      this.#heap.remove(state);
      this.#spans.delete(id);
      this.#options.forgetSpan(state.planned);
    }
    for (const [state, fromSlot] of changed) {
      this.#options.recorder.dropAfterStop(state.planned.span, fromSlot);
    }
    if (changed.size > 0) this.#attempts.throwAway(changed);
    this.#arm();
  }

  /**
   * What may be vouched for once everything answered until now is safe: each slot of the given spans due before
   * `doneMs` is answered but for `open`, and each with a deadline before `throughMs` is. Whole ms of the
   * operator's clock. Slots whose probe hangs are given up on here.
   */
  frontier(): { doneMs: number; throughMs: number; open: SpanSlots[] } {
    const { open, earliestDeadlineMs } = this.#attempts.survey();
    const now = this.#options.nowMs();
    const doneMs = Math.floor(Math.min(now, this.#heap.peek()?.atMs ?? now));
    return { doneMs, throughMs: Math.min(doneMs, earliestDeadlineMs), open };
  }

  /** Begins nothing any more and waits for what runs, `withinMs` at the longest. What waits stays open. */
  async stop(withinMs: number): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await new Promise<void>((resolve) => {
      const cancel = this.#options.timers.after(withinMs, resolve);
      void this.#attempts.stop().then(() => {
        cancel();
        resolve();
      });
    });
  }

  #intake(known: KnownSpan, earlier: EarlierAnswers): void {
    const { planned } = known;
    const { recorder } = this.#options;
    const facts = {
      nowMs: this.#options.nowMs(),
      startedMs: earlier.startedMs,
      answered: earlier.answered(known),
      spooled: earlier.spooled(planned.span),
    };
    const { dropped, begin, next } = intakeSpan(planned, facts);
    const state = new SpanState(planned, this.#prepare(planned), next);
    this.#spans.set(planned.span, state);
    for (const { first, end, reason } of dropped) {
      recorder.range(planned.span, first, end, 'dropped', reason);
    }
    for (const slot of begin) this.#attempts.begin(state, slot, facts.nowMs);
    if (state.aimAtNext()) this.#heap.push(state);
  }

  #prepare(planned: PlannedSpan): PreparedProbe | null {
    try {
      return this.#options.prepare(planned);
    } catch (error) {
      this.#options.log.error({ err: error, span: planned.span }, 'a span of the plan cannot be run');
      return null;
    }
  }

  #change(state: SpanState, planned: PlannedSpan, changed: Map<SpanState, number>): void {
    const end = planned.toMs;
    const before = state.planned;
    state.planned = planned;
    if (before.options !== planned.options || before.target !== planned.target) {
      state.probe = this.#prepare(planned);
    }
    if (end !== null && end <= this.#options.nowMs()) changed.set(state, firstSlotDueFrom(planned, end));
    this.#heap.remove(state);
    if (state.aimAtNext()) this.#heap.push(state);
  }

  #arm(): void {
    const next = this.#heap.peek();
    if (this.#isStopped || next === undefined || next.atMs >= this.#timerAtMs) return;
    this.#cancelTimer?.();
    this.#timerAtMs = next.atMs;
    const wait = Math.max(0, Math.min(LONGEST_WAIT_MS, next.atMs - this.#options.nowMs()));
    this.#cancelTimer = this.#options.timers.after(wait, () => this.#turn());
  }

  #turn(): void {
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    this.#cancelTimer = null;
    const now = this.#options.nowMs();
    for (let done = 0; done < TURN; done++) {
      const top = this.#heap.peek();
      if (top === undefined || top.atMs > now) break;
      this.#heap.pop();
      if (top instanceof SpanState) this.#due(top, now);
      else this.#attempts.waited(top, now);
    }
    this.#arm();
  }

  #due(state: SpanState, now: number): void {
    const { planned } = state;
    if (now >= this.#options.leaseEndMs()) this.#drop(state, Math.floor(now) + 1, 'lease-ended');
    else if (now > state.atMs + planned.periodMs) this.#drop(state, now - planned.periodMs, 'busy');
    else {
      state.nextSlot++;
      this.#attempts.begin(state, state.nextSlot - 1, now);
    }
    if (state.aimAtNext()) this.#heap.push(state);
  }

  /** Drops the slots from the next one on that are due before `untilMs`. */
  #drop(state: SpanState, untilMs: number, reason: string): void {
    const first = state.nextSlot;
    state.nextSlot = Math.max(first, slotsDueIn(state.planned, state.atMs, untilMs).end);
    if (first < state.nextSlot) {
      this.#options.recorder.range(state.planned.span, first, state.nextSlot, 'dropped', reason);
    }
  }
}
