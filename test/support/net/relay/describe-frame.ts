/** What a record says about a frame. Ports are 0 for what has none. */
export interface FrameFacts {
  protocol: 'tcp' | 'udp' | 'icmp' | 'other';
  sourcePort: number;
  destinationPort: number;
  /** TCP flags: 0x02 SYN, 0x12 SYN-ACK ... */
  tcpFlags: number;
  /** Sequence number of an ICMP echo, else -1. */
  echoSequence: number;
}

const NOTHING: FrameFacts = {
  protocol: 'other',
  sourcePort: 0,
  destinationPort: 0,
  tcpFlags: 0,
  echoSequence: -1,
};
const ETHERNET_HEADER = 14;
const ECHO_TYPES = new Set([0, 8, 128, 129]);

/** Reads an Ethernet frame with IPv4 or IPv6 in it, without extension headers. */
export function describeFrame(frame: Uint8Array): FrameFacts {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 54) return NOTHING;
  const etherType = view.getUint16(12);
  if (etherType === 0x0800) {
    const transport = ETHERNET_HEADER + (view.getUint8(ETHERNET_HEADER) & 0xf) * 4;
    return describeTransport(view, view.getUint8(ETHERNET_HEADER + 9), transport);
  }
  if (etherType === 0x86dd) {
    return describeTransport(view, view.getUint8(ETHERNET_HEADER + 6), ETHERNET_HEADER + 40);
  }
  return NOTHING;
}

function describeTransport(view: DataView, protocol: number, at: number): FrameFacts {
  if (at + 14 > view.byteLength) return NOTHING;
  const ports = { sourcePort: view.getUint16(at), destinationPort: view.getUint16(at + 2) };
  if (protocol === 6) return { ...NOTHING, ...ports, protocol: 'tcp', tcpFlags: view.getUint8(at + 13) };
  if (protocol === 17) return { ...NOTHING, ...ports, protocol: 'udp' };
  if (protocol !== 1 && protocol !== 58) return NOTHING;
  const isEcho = ECHO_TYPES.has(view.getUint8(at));
  return { ...NOTHING, protocol: 'icmp', echoSequence: isEcho ? view.getUint16(at + 6) : -1 };
}
