// Echo results cross threads as one Float64Array: cloning an object per reply would cost more than the probe.
// Per result: id, sent, receive drops, number of replies, then REPLY_COLUMNS numbers for each reply.
import type { EchoReply, EchoResult } from './packet-engine.ts';

const HEAD_COLUMNS = 4;
const REPLY_COLUMNS = 7;

/** The rare parts of a result, sent only where there are any. */
export interface EchoExtras {
  id: number;
  sendErrors: EchoResult['sendErrors'];
  icmpErrors: EchoResult['icmpErrors'];
}

export interface PackedReply {
  seq: number;
  rttSeconds: number;
  isKernel: boolean;
  userRttSeconds: number;
  /** NaN for unknown. */
  localQueueSeconds: number;
  /** -1 for unknown. */
  ttl: number;
  isDuplicate: boolean;
}

export function packReply(into: number[], reply: PackedReply): void {
  into.push(
    reply.seq,
    reply.rttSeconds,
    reply.isKernel ? 1 : 0,
    reply.userRttSeconds,
    reply.localQueueSeconds,
    reply.ttl,
    reply.isDuplicate ? 1 : 0,
  );
}

/** Appends one result whose replies packReply() has put into `replies`. */
export function packEcho(
  into: number[],
  head: { id: number; sent: number; receiveDrops: number },
  replies: readonly number[],
): void {
  into.push(head.id, head.sent, head.receiveDrops, replies.length / REPLY_COLUMNS);
  for (const value of replies) into.push(value);
}

export function unpackEchoes(
  packed: Float64Array,
  extras: readonly EchoExtras[],
): { id: number; result: EchoResult }[] {
  const extrasOf = new Map(extras.map((extra) => [extra.id, extra]));
  const results: { id: number; result: EchoResult }[] = [];
  for (let at = 0; at < packed.length; ) {
    const [id = 0, sent = 0, receiveDrops = 0, count = 0] = packed.subarray(at, at + HEAD_COLUMNS);
    at += HEAD_COLUMNS;
    const replies: EchoReply[] = [];
    for (let arrival = 0; arrival < count; arrival++, at += REPLY_COLUMNS) {
      replies.push(unpackReply(packed, at, arrival));
    }
    const extra = extrasOf.get(id);
    const result: EchoResult = {
      sent,
      sendErrors: extra?.sendErrors ?? [],
      replies,
      icmpErrors: extra?.icmpErrors ?? [],
      receiveDrops,
    };
    results.push({ id, result });
  }
  return results;
}

function unpackReply(packed: Float64Array, at: number, arrival: number): EchoReply {
  const column = (index: number): number => packed[at + index] ?? Number.NaN;
  const queue = column(4);
  const ttl = column(5);
  return {
    seq: column(0),
    rttSeconds: column(1),
    stamp: column(2) === 1 ? 'kernel' : 'user',
    userRttSeconds: column(3),
    localQueueSeconds: Number.isNaN(queue) ? null : queue,
    ttl: ttl < 0 ? null : ttl,
    duplicate: column(6) === 1,
    arrival,
  };
}
