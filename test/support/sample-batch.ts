import { zstdCompressSync } from 'node:zlib';
import type { Batch, SampleTable, SlotRangeAnswer, Word } from '@streamswarm/contract';

/** A batch of icmp samples that were all ok, one reply of the given round trip each. */
export function icmpBatch(
  seq: number,
  samples: readonly { span: number; slot: number; rttSeconds?: number }[],
  ranges: SlotRangeAnswer[] = [],
): Batch {
  const slots = samples.map(({ slot }) => slot);
  const fill = <T>(value: T): T[] => slots.map(() => value);
  const rtts = samples.map((sample) => [sample.rttSeconds ?? 0.01]);
  const table = samplesOf(
    0,
    slots,
    { sent: fill(1), received: fill(1), rtts_seconds: rtts },
    { span: samples.map(({ span }) => span) },
  );
  return { ...batchOf(seq, 'icmp', table), ranges };
}

/** A batch of one kind of probe alone. */
export function batchOf(seq: number, kind: string, table: SampleTable): Batch {
  return { version: 1, epoch: 1, seq, tables: { [kind]: table }, ranges: [], surplus: [] };
}

/** Samples of one span, all ok and in time; `over` says what is otherwise. */
export function samplesOf(
  span: number,
  slots: readonly number[],
  metrics: SampleTable['metrics'],
  over: Partial<SampleTable> = {},
): SampleTable {
  const fill = <T>(value: T): T[] => slots.map(() => value);
  return {
    span: fill(span),
    slot: [...slots],
    lateSeconds: fill(0),
    outcome: fill('ok'),
    source: fill(null),
    reason: fill(null),
    address: fill('198.18.0.1'),
    nulls: fill(null),
    metrics,
    ...over,
  };
}

export function compress(batch: unknown): Buffer {
  return zstdCompressSync(JSON.stringify(batch));
}

export function wordOf(over: Partial<Word> = {}): Word {
  return {
    epoch: 1,
    seq: 0,
    throughMs: 0,
    planRevision: 1,
    spooled: [],
    spool: { batches: 0, bytes: 0, bad: 0 },
    ...over,
  };
}
