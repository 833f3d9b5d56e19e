import type { ProbeName } from '@streamswarm/contract/probes/catalogue';
import type { Batch, RangeOutcome, SlotRangeAnswer, SpanSlots } from '@streamswarm/contract/wire/batch';
import { type Sample, SampleColumns } from './sample-columns.ts';
import { joinRuns } from './slot-runs.ts';

/** What one batch will hold, while it is still open. */
export class OpenBatch {
  readonly #tables = new Map<ProbeName, SampleColumns>();
  readonly #ranges: SlotRangeAnswer[] = [];
  readonly #lastRange = new Map<number, SlotRangeAnswer>();
  readonly #surplus = new Map<string, Batch['surplus'][number]>();
  #rows = 0;

  get rows(): number {
    return this.#rows;
  }

  get isEmpty(): boolean {
    return this.#rows === 0 && this.#ranges.length === 0 && this.#surplus.size === 0;
  }

  sample(sample: Sample): void {
    let columns = this.#tables.get(sample.kind);
    if (columns === undefined) {
      columns = new SampleColumns(sample.kind);
      this.#tables.set(sample.kind, columns);
    }
    columns.push(sample);
    this.#rows++;
  }

  range(span: number, first: number, end: number, outcome: RangeOutcome, reason: string): void {
    const last = this.#lastRange.get(span);
    if (last !== undefined && last.end === first && last.outcome === outcome && last.reason === reason) {
      last.end = end;
      return;
    }
    const range: SlotRangeAnswer = { span, first, end, outcome, reason };
    this.#ranges.push(range);
    this.#lastRange.set(span, range);
  }

  surplus(span: number, count: number, reason: string): void {
    const key = `${span} ${reason}`;
    const entry = this.#surplus.get(key);
    if (entry === undefined) this.#surplus.set(key, { span, count, reason });
    else entry.count += count;
  }

  /** A stop was heard late: answers of a span from a slot on are thrown away; samples among them are counted. */
  dropAfterStop(span: number, fromSlot: number): void {
    let samples = 0;
    for (const columns of this.#tables.values()) samples += columns.remove(span, fromSlot);
    this.#rows -= samples;
    if (samples > 0) this.surplus(span, samples, 'after-stop');
    for (const range of this.#ranges) {
      if (range.span === span) range.end = Math.max(range.first, Math.min(range.end, fromSlot));
    }
  }

  /** Closes it: the batch as it is sent, and the slots that it answers. */
  close(epoch: number, seq: number): { batch: Batch; runs: SpanSlots[] } {
    const tables: Batch['tables'] = {};
    const runs: SpanSlots[] = [];
    for (const [kind, columns] of this.#tables) {
      if (columns.length === 0) continue;
      const { table } = columns;
      tables[kind] = table;
      for (let row = 0; row < columns.length; row++) {
        const slot = table.slot[row] as number;
        runs.push([table.span[row] as number, slot, slot + 1]);
      }
    }
    const ranges = this.#ranges.filter(({ first, end }) => first < end);
    for (const { span, first, end } of ranges) runs.push([span, first, end]);
    return {
      batch: { version: 1, epoch, seq, tables, ranges, surplus: [...this.#surplus.values()] },
      runs: joinRuns(runs),
    };
  }
}
