import type { SlotRange } from '@streamswarm/contract/slot/slot';
import type { SpanSlots } from '@streamswarm/contract/wire/batch';
import type { AgentLogger } from './logger.ts';
import { EMPTY_PLAN, type KnownSpan, type Plan, type PlanChange } from './plan/plan.ts';
import { PlanKeeper } from './plan/plan-keeper.ts';
import { type EarlierAnswers, Scheduler, type SchedulerOptions } from './schedule/scheduler.ts';
import { Recorder, type RecorderOptions } from './spool/recorder.ts';
import { joinRuns, runsBySpan } from './spool/slot-runs.ts';
import { NOTHING_VOUCHED, type Vouched } from './spool/through-file.ts';

/** What an earlier life left in the state folder. */
export interface Remembered {
  readonly plan: Plan | null;
  readonly vouched: Vouched | null;
  /** Slots of all batches in the spool. */
  readonly spooled: readonly SpanSlots[];
}

export interface MeasuringOptions
  extends Omit<SchedulerOptions, 'recorder'>,
    Omit<RecorderOptions, 'frontier' | 'vouched'> {
  readonly log: AgentLogger;
  readonly remembered: Remembered;
  /** Puts the plan where a restart finds it; it is safe once this resolves. */
  keepPlan(plan: Plan): Promise<void>;
  /** Whether the operator's clock is known at all. */
  hasClock(): boolean;
}

/** Plan, scheduler and recorder as one: what has to agree for the agent's word to be true. */
export class Measuring {
  readonly recorder: Recorder;
  readonly #options: MeasuringOptions;
  readonly #keeper: PlanKeeper;
  readonly #scheduler: Scheduler;
  readonly #vouchedBefore: Vouched;
  readonly #openBefore: ReadonlyMap<number, readonly SlotRange[]>;
  readonly #spooledBefore: ReadonlyMap<number, readonly SlotRange[]>;
  readonly #startedAtMs: number;
  #hasBegun = false;

  constructor(options: MeasuringOptions) {
    const { remembered, log } = options;
    this.#options = options;
    this.#vouchedBefore = remembered.vouched ?? NOTHING_VOUCHED;
    this.#openBefore = runsBySpan(joinRuns(this.#vouchedBefore.open));
    this.#spooledBefore = runsBySpan(joinRuns(remembered.spooled));
    this.#startedAtMs = options.timers.monotonicMs();
    // Where the plan was lost, generations go on: what comes now is not what the old word knew.
    const plan = remembered.plan ?? { ...EMPTY_PLAN, generation: this.#vouchedBefore.generation };
    this.#keeper = new PlanKeeper(plan, (next) => options.keepPlan(next), log);
    this.recorder = new Recorder({
      ...options,
      vouched: this.#vouchedBefore,
      frontier: () => this.#frontier(),
    });
    this.#scheduler = new Scheduler({ ...options, recorder: this.recorder });
  }

  /** Whether there is a plan, the operator's or the one that was kept, and its slots are being answered. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Begins with the remembered plan, where there is one and the clock is known. */
  beginAlone(): void {
    if (this.#options.remembered.plan !== null) this.#begin();
  }

  /** Takes a change of the plan, and begins with it if nothing has begun. */
  async change(change: PlanChange): Promise<void> {
    const heardMs = this.#options.nowMs();
    const isNew = await this.#keeper.change(change, heardMs, this.recorder.vouched.throughMs);
    if (!this.#hasBegun) this.#begin();
    else if (isNew) this.#scheduler.take(this.#keeper.plan, this.#earlier());
  }

  keepAgain(): Promise<void> {
    return this.#keeper.keepAgain();
  }

  /** Begins nothing any more, waits for what runs (`withinMs` at the longest), cuts the last batch. */
  async stop(withinMs: number): Promise<void> {
    await this.#scheduler.stop(withinMs);
    await this.recorder.close();
  }

  #begin(): void {
    if (this.#hasBegun || !this.#options.hasClock()) return;
    this.#hasBegun = true;
    this.#scheduler.take(this.#keeper.plan, this.#earlier());
    this.#options.log.info({ spans: this.#keeper.plan.spans.size }, 'measuring');
  }

  #earlier(): EarlierAnswers {
    const { nowMs, timers } = this.#options;
    return {
      startedMs: nowMs() - (timers.monotonicMs() - this.#startedAtMs),
      answered: (known) => this.#answeredBefore(known),
      spooled: (span) => this.#spooledBefore.get(span) ?? [],
    };
  }

  #answeredBefore({ planned, since }: KnownSpan): { doneMs: number; open: readonly SlotRange[] } | null {
    const { generation, doneMs } = this.#vouchedBefore;
    return since <= generation ? { doneMs, open: this.#openBefore.get(planned.span) ?? [] } : null;
  }

  #frontier(): Vouched | null {
    if (!this.#hasBegun) return null;
    const { revision, generation } = this.#keeper.kept;
    return { ...this.#scheduler.frontier(), planRevision: revision, generation };
  }
}
