// struct tcp_info grows with the kernel: getsockopt says how much it wrote, a field beyond that is unknown.
const SND_MSS = 16;
const PMTU = 60;
const RTT_MICROSECONDS = 68;
const UNACKED_SEGMENTS = 24;
const BYTES_ACKED = 120;
const NOT_SENT_BYTES = 144;

/** Room for the struct of today's kernels (280 bytes) and of some to come. */
export const TCP_INFO_BYTES = 512;

export interface HandshakeInfo {
  handshakeRttSeconds: number | null;
  sndMss: number | null;
  kernelCachedPmtu: number | null;
}

/** The handshake's facts from a TCP_INFO of `length` bytes at `offset`. */
export function readHandshakeInfo(view: DataView, offset: number, length: number): HandshakeInfo {
  const word = (at: number): number | null => (at + 4 <= length ? view.getUint32(offset + at, true) : null);
  const rtt = word(RTT_MICROSECONDS);
  return {
    // 0 is the kernel's "no sample yet", as after a retransmitted SYN without time stamps (Karn).
    handshakeRttSeconds: rtt === null || rtt === 0 ? null : rtt / 1e6,
    sndMss: word(SND_MSS),
    kernelCachedPmtu: word(PMTU),
  };
}

/** How far what was written to a connection has come. */
export interface SendProgress {
  /** Since the connection began; TLS and framing are in it. */
  readonly ackedBytes: number;
  /** Nothing that was written is left on this host or on its way. */
  readonly isAllAcked: boolean;
}

/** The progress from a TCP_INFO of `length` bytes at `offset`; null where the kernel does not say (before 4.6). */
export function readSendProgress(view: DataView, offset: number, length: number): SendProgress | null {
  if (NOT_SENT_BYTES + 4 > length) return null;
  return {
    ackedBytes: Number(view.getBigUint64(offset + BYTES_ACKED, true)),
    isAllAcked:
      view.getUint32(offset + UNACKED_SEGMENTS, true) === 0 &&
      view.getUint32(offset + NOT_SENT_BYTES, true) === 0,
  };
}
