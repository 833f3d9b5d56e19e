import { isIPv6 } from 'node:net';
import type { EchoResult } from '../../native/packet-engine.ts';
import { icmpErrorReason, sendFailureReason } from '../icmp/icmp-failure.ts';

/** What came of one packet. */
export type TraceAnswer =
  | { readonly kind: 'destination'; readonly rttSeconds: number }
  | { readonly kind: 'router'; readonly address: string; readonly rttSeconds: number }
  | {
      readonly kind: 'unreachable';
      readonly address: string;
      readonly rttSeconds: number;
      readonly reason: string;
    }
  | { readonly kind: 'silent' }
  /** It says nothing about the path: this host did not send it, or lost its answer. */
  | { readonly kind: 'unsent'; readonly reason: string };

/** Reads the result of one packet sent to an address. */
export function readAnswer(to: string, result: EchoResult, timeoutMs: number): TraceAnswer {
  if (result.sent === 0) return { kind: 'unsent', reason: sendFailureReason(result.sendErrors) };
  const [reply] = result.replies;
  if (reply !== undefined) return { kind: 'destination', rttSeconds: reply.rttSeconds };
  const [error] = result.icmpErrors;
  if (error !== undefined && error.from !== null && error.rttSeconds * 1e3 <= timeoutMs) {
    const { from: address, rttSeconds } = error;
    if (isTimeExceeded(to, error)) return { kind: 'router', address, rttSeconds };
    return { kind: 'unreachable', address, rttSeconds, reason: icmpErrorReason(to, error) };
  }
  return result.receiveDrops > 0 ? { kind: 'unsent', reason: 'receive-buffer-full' } : { kind: 'silent' };
}

/** Exceeded in transit: RFC 792 (type 11, code 0), RFC 4443 3.3 (type 3, code 0). */
function isTimeExceeded(to: string, { type, code }: { type: number; code: number }): boolean {
  return type === (isIPv6(to) ? 3 : 11) && code === 0;
}
