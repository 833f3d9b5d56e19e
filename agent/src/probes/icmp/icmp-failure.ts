import { isIPv6 } from 'node:net';
import type { EchoResult } from '../../native/packet-engine.ts';

const ADMIN_PROHIBITED_4 = new Set([9, 10, 13]);

/** RFC 792 with RFC 1122 3.2.2.1 and RFC 1812 5.2.7.1 (codes of type 3); RFC 4443 section 3. */
export function icmpErrorReason(address: string, error: { type: number; code: number }): string {
  return isIPv6(address) ? reason6(error.type, error.code) : reason4(error.type, error.code);
}

function reason4(type: number, code: number): string {
  if (type === 11) return 'ttl-exceeded';
  if (type === 12) return 'parameter-problem';
  if (type !== 3) return 'icmp-error';
  if (code === 4) return 'message-too-long';
  if (ADMIN_PROHIBITED_4.has(code)) return 'admin-prohibited';
  if (code === 0 || code === 6 || code === 11) return 'network-unreachable';
  if (code === 2) return 'protocol-unreachable';
  if (code === 3) return 'port-unreachable';
  return 'host-unreachable';
}

function reason6(type: number, code: number): string {
  if (type === 2) return 'message-too-long';
  if (type === 3) return 'ttl-exceeded';
  if (type === 4) return 'parameter-problem';
  if (type !== 1) return 'icmp-error';
  if (code === 0) return 'network-unreachable';
  if (code === 1 || code === 5 || code === 6) return 'admin-prohibited';
  if (code === 4) return 'port-unreachable';
  return 'host-unreachable';
}

const SEND_REASONS: Record<string, string> = {
  ENETUNREACH: 'network-unreachable',
  EHOSTUNREACH: 'host-unreachable',
  EMSGSIZE: 'message-too-long',
  EPERM: 'blocked-locally',
  EACCES: 'no-permission',
  EADDRNOTAVAIL: 'source-not-available',
  EINVAL: 'invalid-argument',
  ENOBUFS: 'local-queue-full',
  EAGAIN: 'local-queue-full',
  ENETDOWN: 'network-down',
};

/** Reason of the send error that came most often; what has no name here keeps that of its errno. */
export function sendFailureReason(errors: EchoResult['sendErrors']): string {
  const [worst] = [...errors].sort((a, b) => b.count - a.count);
  return worst === undefined ? 'send-failed' : (SEND_REASONS[worst.code] ?? worst.code.toLowerCase());
}
