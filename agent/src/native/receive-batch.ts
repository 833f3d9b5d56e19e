import { lastErrno, libc } from './libc.ts';
import { EAGAIN, EINTR, MSG_DONTWAIT } from './linux.ts';
import { MESSAGE_HEADER_BYTES, MessageHeader } from './message-header.ts';
import type { Slab } from './slab.ts';
import { SOCKADDR_BYTES } from './socket-address.ts';

export const BATCH_SIZE = 32;
/** struct mmsghdr: the msghdr, then u32 msg_len and padding. */
const MMSGHDR_BYTES = 64;
/** Enough for IPv4 header with options, ICMP header and token: what lies beyond is cut off, nobody reads it. */
const DATA_BYTES = 128;
/** A v6 error with stamp and hop limit needs 152. */
const CONTROL_BYTES = 256;

/** Room for the packets of one recvmmsg; also for the error queue. */
export class ReceiveBatch {
  readonly #slab: Slab;
  readonly #vector: number;
  readonly #headers: readonly MessageHeader[];
  readonly #data: number;
  #dirty = BATCH_SIZE;

  constructor(slab: Slab) {
    this.#slab = slab;
    this.#vector = slab.reserve(MMSGHDR_BYTES * BATCH_SIZE);
    this.#data = slab.reserve(DATA_BYTES * BATCH_SIZE);
    this.#headers = Array.from({ length: BATCH_SIZE }, (_, i) => {
      const header = new MessageHeader(slab, this.#vector + MMSGHDR_BYTES * i, 1, CONTROL_BYTES);
      header.setBuffer(0, this.#data + DATA_BYTES * i, DATA_BYTES);
      return header;
    });
  }

  /** Packets now in the batch, without waiting. A pending socket error is swallowed: its cause is in the error queue. */
  fill(fd: number, flags: number): number {
    for (let i = 0; i < this.#dirty; i++) {
      const header = this.#header(i);
      header.nameLength = SOCKADDR_BYTES;
      header.controlLength = CONTROL_BYTES;
    }
    this.#dirty = 0;
    for (let attempt = 0; attempt < 4; attempt++) {
      const count = libc.recvmmsg(
        fd,
        this.#slab.addressOf(this.#vector),
        BATCH_SIZE,
        flags | MSG_DONTWAIT,
        0,
      );
      if (count >= 0) {
        this.#dirty = count;
        return count;
      }
      const errno = lastErrno();
      if (errno === EAGAIN) return 0;
      if (errno === EINTR) attempt--;
    }
    return 0;
  }

  name(index: number): number {
    return this.#header(index).name;
  }

  control(index: number): number {
    return this.#header(index).control;
  }

  controlLength(index: number): number {
    return this.#header(index).controlLength;
  }

  data(index: number): number {
    return this.#data + DATA_BYTES * index;
  }

  /** Bytes of the packet that are here, at most DATA_BYTES. */
  dataLength(index: number): number {
    return this.#slab.view.getUint32(this.#vector + MMSGHDR_BYTES * index + MESSAGE_HEADER_BYTES, true);
  }

  #header(index: number): MessageHeader {
    const header = this.#headers[index];
    if (header === undefined) throw new RangeError(`no packet ${index} in a batch`);
    return header;
  }
}
