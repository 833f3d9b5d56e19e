import { mkdirSync, readdirSync } from 'node:fs';
import { readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpanSlots, Word } from '@streamswarm/contract/wire/batch';
import { writeDurably } from '../state/durable-file.ts';
import { batchPayload } from './batch-file.ts';
import { type BatchName, batchFileName } from './batch-name.ts';
import { readBatchHead, type SpooledBatch, scanSpool } from './scan-spool.ts';
import { coarsenRuns } from './slot-runs.ts';
import { SpooledSlots } from './spooled-slots.ts';

export const DEFAULT_SPOOL_BYTES = 1024 ** 3;
/** The word's list is made anew at most so often: a backlog may be 50,000 files. */
const LIST_EVERY_MS = 1_000;
/** About 2 MiB of the 4 MiB of a frame. */
const MAX_LISTED_RUNS = 60_000;

export interface SpoolOptions {
  readonly dir: string;
  readonly budgetBytes: number;
  monotonicMs(): number;
  /** A batch was found damaged: its slots will be missing, and somebody should know. */
  onDamaged(file: string): void;
}

/** Immutable batches on disk until the operator acknowledges them. */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #badDir: string;
  readonly #batches = new Map<string, SpooledBatch>();
  readonly #slots: SpooledSlots;
  #bytes = 0;
  #bad: number;
  /** Left the spool since the slots were last listed. */
  readonly #gone = new Set<string>();
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  /** Opens a spool folder (made where missing) and takes in what lies there; throws where it cannot be used. */
  constructor(options: SpoolOptions) {
    this.#options = options;
    this.#badDir = join(options.dir, 'bad');
    mkdirSync(this.#badDir, { recursive: true, mode: 0o700 });
    this.#slots = new SpooledSlots((file) => readRuns(join(options.dir, file)));
    const { damaged } = scanSpool(options.dir, this.#badDir, (batch, runs) => this.#take(batch, runs));
    for (const file of damaged) options.onDamaged(file);
    this.#bad = readdirSync(this.#badDir).length;
  }

  /** The newest epoch that left a batch here, or 0. */
  get newestEpoch(): number {
    return Math.max(0, ...[...this.#batches.values()].map(({ epoch }) => epoch));
  }

  get facts(): Word['spool'] {
    return { batches: this.#batches.size, bytes: this.#bytes, bad: this.#bad };
  }

  /** Oldest first. */
  batches(): Iterable<SpooledBatch> {
    return this.#batches.values();
  }

  find(file: string): SpooledBatch | undefined {
    return this.#batches.get(file);
  }

  hasRoom(bytes: number): boolean {
    return this.#bytes + bytes <= this.#options.budgetBytes;
  }

  /** Keeps a batch; it is safe once this resolves. Writing the same batch again does no harm. */
  async add(name: BatchName, file: Buffer, runs: readonly SpanSlots[]): Promise<void> {
    const fileName = batchFileName(name);
    await writeDurably(join(this.#options.dir, fileName), file);
    if (this.#batches.has(fileName)) return;
    this.#take({ ...name, file: fileName, bytes: file.length }, runs);
  }

  /** What is sent of a batch; null where its file is gone or damaged, which also forgets it. */
  async payload(batch: SpooledBatch): Promise<Buffer | null> {
    let file: Buffer;
    try {
      file = await readFile(join(this.#options.dir, batch.file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.#forget(batch);
      return null;
    }
    const payload = batchPayload(file);
    if (payload === null) await this.setAside(batch);
    return payload;
  }

  /** Takes an acknowledged batch off the disk. */
  async remove(batch: SpooledBatch): Promise<void> {
    // Forgotten even where unlink fails: sent again after a restart, it is only a duplicate.
    this.#forget(batch);
    await unlink(join(this.#options.dir, batch.file)).catch(ignoreMissing);
  }

  /** Moves a batch that will never be taken to `bad/`, for people to look at. */
  async setAside(batch: SpooledBatch): Promise<void> {
    this.#forget(batch);
    this.#bad++;
    this.#options.onDamaged(batch.file);
    await rename(join(this.#options.dir, batch.file), join(this.#badDir, batch.file)).catch(ignoreMissing);
  }

  /**
   * Slots in batches that are really on disk: a file that somebody deleted is not listed any more. At most a
   * second old in what has left; what was added is always in it.
   */
  async listSlots(): Promise<readonly SpanSlots[]> {
    const now = this.#options.monotonicMs();
    if (this.#batches.size === 0) this.#dropGone();
    else if (now - this.#lookedAtMs >= LIST_EVERY_MS) {
      this.#lookedAtMs = now;
      // Taken before the folder is read: a batch that is added meanwhile may not be in that reading.
      const known = [...this.#batches.values()];
      const present = new Set(await readdir(this.#options.dir));
      for (const batch of known) if (!present.has(batch.file)) this.#forget(batch);
      this.#dropGone();
    }
    return coarsenRuns(this.#slots.list(), MAX_LISTED_RUNS);
  }

  /** Every slot that lies here, for a start that must not answer again. */
  allRuns(): readonly SpanSlots[] {
    return this.#slots.list();
  }

  #take(batch: SpooledBatch, runs: readonly SpanSlots[]): void {
    this.#batches.set(batch.file, batch);
    this.#bytes += batch.bytes;
    this.#slots.add(batch.file, runs);
  }

  #dropGone(): void {
    for (const file of this.#gone) this.#slots.remove(file);
    this.#gone.clear();
  }

  #forget(batch: SpooledBatch): void {
    if (!this.#batches.delete(batch.file)) return;
    this.#bytes -= batch.bytes;
    this.#gone.add(batch.file);
  }
}

function readRuns(path: string): readonly SpanSlots[] {
  try {
    return readBatchHead(path)?.runs ?? [];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
