import { zstdCompressSync } from 'node:zlib';
import type { Batch, SlotRangeAnswer, Word } from '@streamswarm/contract';

/** A batch of icmp samples that were all ok, one reply of the given round trip each. */
export function icmpBatch(
  seq: number,
  samples: readonly { span: number; slot: number; rttSeconds?: number }[],
  ranges: SlotRangeAnswer[] = [],
): Batch {
  const n = samples.length;
  const fill = <T>(value: T): T[] => new Array<T>(n).fill(value);
  const rtts = samples.map((sample) => [sample.rttSeconds ?? 0.01]);
  return {
    version: 1,
    epoch: 1,
    seq,
    tables: {
      icmp: {
        span: samples.map((sample) => sample.span),
        slot: samples.map((sample) => sample.slot),
        lateSeconds: fill(0),
        outcome: fill('ok'),
        source: fill(null),
        reason: fill(null),
        address: fill('198.18.0.1'),
        nulls: fill(null),
        metrics: { sent: fill(1), received: fill(1), rtts_seconds: rtts },
      },
    },
    ranges,
    surplus: [],
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
