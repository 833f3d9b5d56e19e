import { MAX_BATCH_ROWS, type RangeOutcome, type SpanSlots } from '@streamswarm/contract/wire/batch';
import type { Timers } from '../clock/timers.ts';
import type { AgentLogger } from '../logger.ts';
import { encodeBatchFile } from './batch-file.ts';
import type { BatchName } from './batch-name.ts';
import { nextVouched } from './next-vouched.ts';
import { OpenBatch } from './open-batch.ts';
import type { Sample } from './sample-columns.ts';
import type { Spool } from './spool.ts';
import type { Vouched } from './through-file.ts';

/** After the first answer of a quiet time, so that a first result is seen at once. */
const QUIET_MS = 150;
const EVERY_MS = 1_000;
/** While many batches wait, new ones are cut larger: 72 hours of one a second would be 260,000 files. */
const EVERY_WITH_BACKLOG_MS = 5_000;
const BACKLOG_BATCHES = 100;
const CUT_ROWS = 2_000;
const RETRY_MS = 1_000;

export interface RecorderOptions {
  readonly spool: Pick<Spool, 'add' | 'hasRoom' | 'facts'>;
  readonly epoch: number;
  readonly timers: Timers;
  readonly log: AgentLogger;
  /** What was vouched for before this start. */
  readonly vouched: Vouched;
  /** Puts the word where a restart finds it; it is safe once this resolves. */
  keepWord(vouched: Vouched): Promise<void>;
  /** What could be vouched for if all that was recorded until now were safe; null while nothing is planned yet. */
  frontier(): Vouched | null;
  /** Batches up to this seq are safe and vouched for. */
  onReleased(seq: number): void;
}

interface CutBatch {
  readonly name: BatchName;
  readonly file: Buffer;
  readonly runs: readonly SpanSlots[];
}

/** Takes every answer to a slot, cuts batches, and keeps the agent's word: first the batch, then the word. */
export class Recorder {
  readonly #options: RecorderOptions;
  #open = new OpenBatch();
  /** Cut, but not on disk yet. */
  #cut: CutBatch | null = null;
  #trouble: 'spool-full' | 'spool-unwritable' | null = null;
  #nextSeq = 0;
  #vouched: Vouched;
  #flushing: Promise<void> | null = null;
  #lastFlushMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;
  #closed = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#vouched = options.vouched;
  }

  /** What is vouched for on disk. */
  get vouched(): Vouched {
    return this.#vouched;
  }

  sample(sample: Sample): void {
    if (this.#trouble !== null && this.#open.rows >= MAX_BATCH_ROWS) {
      this.range(sample.span, sample.slot, sample.slot + 1, 'dropped', this.#trouble);
      return;
    }
    this.#open.sample(sample);
    this.#plan(this.#open.rows >= CUT_ROWS);
  }

  range(span: number, first: number, end: number, outcome: RangeOutcome, reason: string): void {
    this.#open.range(span, first, end, outcome, reason);
    this.#plan(false);
  }

  surplus(span: number, count: number, reason: string): void {
    this.#open.surplus(span, count, reason);
    this.#plan(false);
  }

  dropAfterStop(span: number, fromSlot: number): void {
    this.#open.dropAfterStop(span, fromSlot);
  }

  /** Cuts what is recorded, keeps it, and renews the word on disk. Never rejects: trouble is logged and retried. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
      this.#lastFlushMs = this.#options.timers.monotonicMs();
      if (this.#cut !== null || !this.#open.isEmpty) this.#plan(false);
    });
    return this.#flushing;
  }

  /** The last cut. */
  async close(): Promise<void> {
    await this.#flushing;
    await this.flush();
    this.#closed = true;
    this.#cancelTimer?.();
  }

  #plan(now: boolean): void {
    if (this.#closed || this.#flushing !== null) return;
    const immediately = now && this.#trouble === null;
    if (this.#cancelTimer !== null) {
      if (!immediately) return;
      this.#cancelTimer();
    }
    const wait = immediately ? 0 : this.#waitMs();
    this.#cancelTimer = this.#options.timers.after(wait, () => {
      this.#cancelTimer = null;
      void this.flush();
    });
  }

  #waitMs(): number {
    if (this.#trouble !== null) return RETRY_MS;
    const { spool, timers } = this.#options;
    const every = spool.facts.batches > BACKLOG_BATCHES ? EVERY_WITH_BACKLOG_MS : EVERY_MS;
    return Math.max(QUIET_MS, this.#lastFlushMs + every - timers.monotonicMs());
  }

  async #flush(): Promise<void> {
    if (this.#cut !== null && !(await this.#keep(this.#cut))) return;
    // In one turn with the cut: what is answered until here is in this batch or in one before.
    const candidate = this.#options.frontier();
    if (!this.#open.isEmpty) {
      this.#cut = this.#close();
      if (!(await this.#keep(this.#cut))) return;
    }
    if (candidate !== null) await this.#vouch(nextVouched(this.#vouched, candidate));
  }

  #close(): CutBatch {
    const name: BatchName = { epoch: this.#options.epoch, seq: this.#nextSeq++ };
    const { batch, runs } = this.#open.close(name.epoch, name.seq);
    this.#open = new OpenBatch();
    return { name, runs, file: encodeBatchFile(batch, runs) };
  }

  async #keep(cut: CutBatch): Promise<boolean> {
    const { spool, log } = this.#options;
    if (!spool.hasRoom(cut.file.length)) {
      if (this.#trouble === null) log.warn('spool is full: what is measured from now on is dropped');
      this.#trouble = 'spool-full';
      return false;
    }
    try {
      await spool.add(cut.name, cut.file, cut.runs);
    } catch (error) {
      if (this.#trouble === null) log.error({ err: error }, 'a batch could not be written to the spool');
      this.#trouble = 'spool-unwritable';
      return false;
    }
    this.#cut = null;
    this.#trouble = null;
    return true;
  }

  async #vouch(vouched: Vouched): Promise<void> {
    try {
      await this.#options.keepWord(vouched);
    } catch (error) {
      this.#options.log.error({ err: error }, 'the word could not be written to the spool');
      return;
    }
    this.#vouched = vouched;
    this.#options.onReleased(this.#nextSeq - 1);
  }
}
