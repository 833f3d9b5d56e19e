import { lastErrno, libc } from './libc.ts';
import type { Slab } from './slab.ts';

const ROOM = 512;

/** setsockopt and getsockopt through one scratch piece of the slab. */
export class SocketOptions {
  readonly #slab: Slab;
  readonly #value: number;
  readonly #length: number;

  constructor(slab: Slab) {
    this.#slab = slab;
    this.#value = slab.reserve(ROOM);
    this.#length = slab.reserve(4);
  }

  /** Returns 0 or errno. */
  setInt(fd: number, level: number, name: number, value: number): number {
    this.#slab.view.setInt32(this.#value, value, true);
    return this.#set(fd, level, name, 4);
  }

  setBytes(fd: number, level: number, name: number, bytes: Uint8Array): number {
    this.#slab.bytes.set(bytes, this.#value);
    return this.#set(fd, level, name, bytes.length);
  }

  /** Copies nothing: the value lies at `offset` until the next call. Length 0 when there is no such option. */
  get(fd: number, level: number, name: number, room = ROOM): { offset: number; length: number } {
    const { view } = this.#slab;
    view.setUint32(this.#length, room, true);
    const value = this.#slab.addressOf(this.#value);
    const failed = libc.getsockopt(fd, level, name, value, this.#slab.addressOf(this.#length)) < 0;
    return { offset: this.#value, length: failed ? 0 : view.getUint32(this.#length, true) };
  }

  getInt(fd: number, level: number, name: number): number {
    const { offset } = this.get(fd, level, name, 4);
    return this.#slab.view.getInt32(offset, true);
  }

  #set(fd: number, level: number, name: number, length: number): number {
    return libc.setsockopt(fd, level, name, this.#slab.addressOf(this.#value), length) < 0 ? lastErrno() : 0;
  }
}
