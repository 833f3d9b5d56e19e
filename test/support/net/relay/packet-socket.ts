// AF_PACKET on one end of a veth pair, with kernel stamps of what comes in and of what goes out (packet(7),
// Documentation/networking/timestamping). A send's stamp comes back on the error queue with the send's number.
import { addressOf, lastErrno, libc } from './native.ts';

const AF_PACKET = 17;
const SOCK_RAW_NONBLOCK = 3 | 0x800;
const ETH_P_ALL = 3;
const SOL_PACKET = 263;
const PACKET_IGNORE_OUTGOING = 23;
const PACKET_TX_TIMESTAMP = 16;
const SOL_SOCKET = 1;
const SO_TIMESTAMPING = 37;
/** TX_SOFTWARE, RX_SOFTWARE, SOFTWARE, OPT_ID, OPT_TSONLY */
const STAMPS = (1 << 1) | (1 << 3) | (1 << 4) | (1 << 7) | (1 << 11);
const MSG_ERRQUEUE_DONTWAIT = 0x2000 | 0x40;
const SIOCGIFINDEX = 0x8933;

const FRAME_BYTES = 65_536;

export interface Stamped {
  /** CLOCK_REALTIME; null when the kernel had no stamp yet. */
  stampNs: bigint | null;
}

export class PacketSocket {
  readonly fd: number;
  readonly #frame = new Uint8Array(FRAME_BYTES);
  readonly #control = new Uint8Array(512);
  readonly #message = new Uint8Array(56);
  readonly #iov = new Uint8Array(16);

  constructor(device: string) {
    this.fd = libc.socket(AF_PACKET, SOCK_RAW_NONBLOCK, 0);
    if (this.fd < 0) throw new Error(`no packet socket: errno ${lastErrno()}`);
    this.#set(SOL_SOCKET, SO_TIMESTAMPING, STAMPS);
    this.#set(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    const address = new Uint8Array(20);
    const view = new DataView(address.buffer);
    view.setUint16(0, AF_PACKET, true);
    view.setUint16(2, ETH_P_ALL);
    view.setInt32(4, this.#index(device), true);
    if (libc.bind(this.fd, address, address.length) < 0) throw new Error(`cannot bind to ${device}`);
    const iov = new DataView(this.#iov.buffer);
    iov.setBigUint64(0, addressOf(this.#frame), true);
    iov.setBigUint64(8, BigInt(FRAME_BYTES), true);
    const message = new DataView(this.#message.buffer);
    message.setBigUint64(16, addressOf(this.#iov), true);
    message.setBigUint64(24, 1n, true);
    message.setBigUint64(32, addressOf(this.#control), true);
  }

  /** The next frame that has come in, or undefined. */
  receive(): (Stamped & { frame: Uint8Array }) | undefined {
    const length = this.#receive(0x40);
    if (length < 0) return undefined;
    return { frame: this.#frame.slice(0, length), stampNs: this.#readControl().stampNs };
  }

  send(frame: Uint8Array): boolean {
    return libc.send(this.fd, frame, frame.length, 0) === frame.length;
  }

  /** The next stamp of a send, with the number of that send on this socket from 0. */
  receiveSendStamp(): { sendNumber: number; stampNs: bigint | null } | undefined {
    return this.#receive(MSG_ERRQUEUE_DONTWAIT) < 0 ? undefined : this.#readControl();
  }

  #receive(flags: number): number {
    new DataView(this.#message.buffer).setBigUint64(40, BigInt(this.#control.length), true);
    return libc.recvmsg(this.fd, this.#message, flags);
  }

  #readControl(): { sendNumber: number; stampNs: bigint | null } {
    const view = new DataView(this.#control.buffer);
    const length = Number(new DataView(this.#message.buffer).getBigUint64(40, true));
    const found = { sendNumber: -1, stampNs: null as bigint | null };
    for (let at = 0; at + 16 <= length; ) {
      const size = Number(view.getBigUint64(at, true));
      const level = view.getInt32(at + 8, true);
      const type = view.getInt32(at + 12, true);
      if (level === SOL_SOCKET && type === SO_TIMESTAMPING) {
        const stamp = view.getBigInt64(at + 16, true) * 1_000_000_000n + view.getBigInt64(at + 24, true);
        found.stampNs = stamp === 0n ? null : stamp;
      } else if (level === SOL_PACKET && type === PACKET_TX_TIMESTAMP) {
        found.sendNumber = view.getUint32(at + 16 + 12, true);
      }
      at += (size + 7) & ~7;
    }
    return found;
  }

  #set(level: number, name: number, value: number): void {
    const option = new Uint8Array(Uint32Array.of(value).buffer);
    if (libc.setsockopt(this.fd, level, name, option, 4) < 0) {
      throw new Error(`setsockopt ${level} ${name}: errno ${lastErrno()}`);
    }
  }

  #index(device: string): number {
    const request = interfaceRequest(device);
    if (libc.ioctl(this.fd, SIOCGIFINDEX, request) < 0) throw new Error(`no device ${device}`);
    return new DataView(request.buffer).getInt32(16, true);
  }
}

/** struct ifreq with its name filled in. */
export function interfaceRequest(device: string): Uint8Array<ArrayBuffer> {
  const request = new Uint8Array(40);
  new TextEncoder().encodeInto(device, request.subarray(0, 15));
  return request;
}
