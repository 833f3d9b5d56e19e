// ICMP echo, RFC 792 and RFC 4443 section 4: type, code 0, checksum, identifier, sequence number, data. The data
// is this engine's 32-bit send counter, then a word that balances whatever differs between two packets, so that all
// have one checksum and routers which balance load by it see one flow, then a constant pattern: as much of it as fits.
import type { Family } from './socket-address.ts';

export const ECHO_HEADER_BYTES = 8;
const TOKEN_BYTES = 4;
/** Token and balance. */
export const MARK_BYTES = TOKEN_BYTES + 2;
export const PATTERN_BYTE = 0x53;
/** 65,535 minus the IPv4 header and the ICMP header. */
export const MAX_ECHO_SIZE = 65_507;

const requestType = (family: Family): number => (family === 4 ? 8 : 128);
const replyType = (family: Family): number => (family === 4 ? 0 : 129);

/**
 * Writes header, token and balance of an echo request. The checksum is that of the whole message: raw IPv4 sockets need
 * it, everywhere else the kernel writes its own.
 */
export function writeEchoRequest(
  view: DataView,
  offset: number,
  frame: { family: Family; identifier: number; counter: number; size: number },
): void {
  view.setUint8(offset, requestType(frame.family));
  view.setUint8(offset + 1, 0);
  view.setUint16(offset + 2, 0);
  view.setUint16(offset + 4, frame.identifier);
  view.setUint16(offset + 6, frame.counter & 0xffff);
  view.setUint32(offset + 8, frame.counter);
  view.setUint16(offset + 12, ~fold(2 * (frame.counter & 0xffff) + (frame.counter >>> 16)) & 0xffff);
  if (frame.family === 4) view.setUint16(offset + 2, checksum(view, offset, frame.size));
}

/** RFC 1071 over header, token and balance, with the pattern behind them in closed form. */
function checksum(view: DataView, offset: number, size: number): number {
  const word = (PATTERN_BYTE << 8) | PATTERN_BYTE;
  const patternBytes = Math.max(0, size - MARK_BYTES);
  let sum = (patternBytes >> 1) * word + (patternBytes & 1) * (PATTERN_BYTE << 8);
  const written = ECHO_HEADER_BYTES + Math.min(size, MARK_BYTES);
  for (let at = 0; at + 1 < written; at += 2) sum += view.getUint16(offset + at);
  if (written % 2 === 1) sum += view.getUint8(offset + written - 1) << 8;
  return ~fold(sum) & 0xffff;
}

/** The ones' complement sum in 16 bits. */
function fold(sum: number): number {
  return sum > 0xffff ? fold((sum & 0xffff) + (sum >>> 16)) : sum;
}

export interface EchoIdentity {
  identifier: number;
  sequence: number;
  /** Null where the packet's data is too short to carry it. */
  counter: number | null;
}

/** The reply's identity, or null for anything that is no echo reply. Raw IPv4 data starts at the IP header. */
export function readEchoReply(
  view: DataView,
  offset: number,
  length: number,
  kind: { family: Family; withIpHeader: boolean },
): EchoIdentity | null {
  const header = kind.withIpHeader && length > 0 ? (view.getUint8(offset) & 0xf) * 4 : 0;
  return readIdentity(view, offset + header, length - header, replyType(kind.family));
}

/** The identity of one of our requests, as an ICMP error quotes it. */
export function readQuotedRequest(
  view: DataView,
  offset: number,
  length: number,
  family: Family,
): EchoIdentity | null {
  return readIdentity(view, offset, length, requestType(family));
}

function readIdentity(view: DataView, offset: number, length: number, type: number): EchoIdentity | null {
  if (length < ECHO_HEADER_BYTES || view.getUint8(offset) !== type) return null;
  return {
    identifier: view.getUint16(offset + 4),
    sequence: view.getUint16(offset + 6),
    counter: length >= ECHO_HEADER_BYTES + TOKEN_BYTES ? view.getUint32(offset + 8) : null,
  };
}
