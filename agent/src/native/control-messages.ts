// Ancillary data (cmsg, RFC 3542 section 20): {u64 length with header, i32 level, i32 type, data}, each at a
// multiple of 8. Stamps are three timespecs of which the first is the software one. What comes from the error
// queue carries a sock_extended_err whose origin tells a transmit stamp (4) from an ICMP error (2, 3).
import * as linux from './linux.ts';
import type { Family, SocketAddress } from './socket-address.ts';

const HEADER = 16;
const aligned = (length: number): number => (length + 7) & ~7;

/** What the control messages of one packet said. One object is reused for all packets. */
export interface ControlFacts {
  /** Software stamp in ns since `epochSeconds` of the reader, or -1. */
  stampNs: number;
  ttl: number;
  /** 0 when there was no sock_extended_err. */
  origin: number;
  icmpType: number;
  icmpCode: number;
  info: number;
  id: number;
  /** Offset of the offender's sockaddr, where an ICMP error names one. */
  offender: number;
}

export class ControlReader {
  readonly facts: ControlFacts = {
    stampNs: -1,
    ttl: -1,
    origin: 0,
    icmpType: 0,
    icmpCode: 0,
    info: 0,
    id: 0,
    offender: 0,
  };
  readonly #epochSeconds: number;

  /** `epochSeconds` keeps stamps exact: nanoseconds since 1970 do not fit a double, since this start they do. */
  constructor(epochSeconds: number) {
    this.#epochSeconds = epochSeconds;
  }

  read(view: DataView, offset: number, length: number): ControlFacts {
    const facts = this.facts;
    facts.stampNs = -1;
    facts.ttl = -1;
    facts.origin = 0;
    for (let at = offset, end = offset + length; at + HEADER <= end; ) {
      const size = view.getUint32(at, true);
      if (size < HEADER) break;
      this.#take(view, view.getInt32(at + 8, true), view.getInt32(at + 12, true), at + HEADER);
      at += aligned(size);
    }
    return facts;
  }

  #take(view: DataView, level: number, type: number, data: number): void {
    const facts = this.facts;
    if (level === linux.SOL_SOCKET && type === linux.SO_TIMESTAMPING) {
      // The low word of tv_sec is enough until 2106, and a BigInt per stamp would cost as much as the rest.
      const seconds = view.getUint32(data, true);
      if (seconds !== 0) {
        facts.stampNs = (seconds - this.#epochSeconds) * 1e9 + view.getUint32(data + 8, true);
      }
    } else if (
      (level === linux.SOL_IP && type === linux.IP_TTL) ||
      (level === linux.SOL_IPV6 && type === linux.IPV6_HOPLIMIT)
    ) {
      facts.ttl = view.getInt32(data, true);
    } else if (
      (level === linux.SOL_IP && type === linux.IP_RECVERR) ||
      (level === linux.SOL_IPV6 && type === linux.IPV6_RECVERR)
    ) {
      facts.origin = view.getUint8(data + 4);
      facts.icmpType = view.getUint8(data + 5);
      facts.icmpCode = view.getUint8(data + 6);
      facts.info = view.getUint32(data + 8, true);
      facts.id = view.getUint32(data + 12, true);
      facts.offender = data + 16;
    }
  }
}

/** Writes the control messages of one send; returns their length. */
export function writeControl(
  view: DataView,
  offset: number,
  wanted: { stampId: number | null; family: Family; source: SocketAddress | null },
): number {
  let at = offset;
  if (wanted.stampId !== null) {
    writeHeader(view, at, 4, linux.SOL_SOCKET, linux.SCM_TS_OPT_ID);
    view.setUint32(at + HEADER, wanted.stampId, true);
    at += 24;
  }
  if (wanted.source !== null && wanted.family === 4) {
    // in_pktinfo {int ifindex, source, unused}
    writeHeader(view, at, 12, linux.SOL_IP, linux.IP_PKTINFO);
    view.setUint32(at + HEADER, 0);
    view.setUint32(at + HEADER + 4, wanted.source.words[0] ?? 0);
    view.setUint32(at + HEADER + 8, 0);
    at += 32;
  } else if (wanted.source !== null) {
    // in6_pktinfo {source, unsigned ifindex}
    writeHeader(view, at, 20, linux.SOL_IPV6, linux.IPV6_PKTINFO);
    for (let i = 0; i < 4; i++) view.setUint32(at + HEADER + 4 * i, wanted.source.words[i] ?? 0);
    view.setUint32(at + HEADER + 16, 0);
    at += 40;
  }
  return at - offset;
}

function writeHeader(view: DataView, at: number, dataLength: number, level: number, type: number): void {
  view.setUint32(at, HEADER + dataLength, true);
  view.setUint32(at + 4, 0);
  view.setInt32(at + 8, level, true);
  view.setInt32(at + 12, type, true);
}
