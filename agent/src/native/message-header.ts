import type { Slab } from './slab.ts';
import { SOCKADDR_BYTES } from './socket-address.ts';

/** Offsets of struct msghdr on 64-bit Linux; lengths are u32 or u64 whose upper half stays 0. */
const NAME = 0;
const NAME_LENGTH = 8;
const IOV = 16;
const IOV_COUNT = 24;
const CONTROL = 32;
const CONTROL_LENGTH = 40;

export const MESSAGE_HEADER_BYTES = 56;

/** A msghdr at `offset` with its own name, control and iovec pieces of the slab. */
export class MessageHeader {
  readonly offset: number;
  readonly name: number;
  readonly control: number;
  readonly #iov: number;
  readonly #slab: Slab;

  constructor(slab: Slab, offset: number, iovCount: number, controlBytes: number) {
    this.#slab = slab;
    this.offset = offset;
    this.name = slab.reserve(SOCKADDR_BYTES);
    this.control = slab.reserve(controlBytes);
    this.#iov = slab.reserve(16 * iovCount);
    this.#point(offset + NAME, this.name);
    this.#point(offset + IOV, this.#iov);
    this.#point(offset + CONTROL, this.control);
    slab.view.setUint32(offset + IOV_COUNT, iovCount, true);
  }

  /** Points the iovec with this index at a piece of the slab. */
  setBuffer(index: number, offset: number, length: number): void {
    this.#point(this.#iov + 16 * index, offset);
    this.setBufferLength(index, length);
  }

  setBufferLength(index: number, length: number): void {
    this.#slab.view.setUint32(this.#iov + 16 * index + 8, length, true);
  }

  set nameLength(length: number) {
    this.#slab.view.setUint32(this.offset + NAME_LENGTH, length, true);
  }

  get controlLength(): number {
    return this.#slab.view.getUint32(this.offset + CONTROL_LENGTH, true);
  }

  set controlLength(length: number) {
    this.#slab.view.setUint32(this.offset + CONTROL_LENGTH, length, true);
  }

  #point(at: number, to: number): void {
    this.#slab.view.setBigUint64(at, BigInt(this.#slab.addressOf(to)), true);
  }
}
