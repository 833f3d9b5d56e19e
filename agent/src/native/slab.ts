import { allocateNative } from './libc.ts';

/**
 * One block of native memory for everything that goes to or comes from the kernel, cut into pieces once at
 * start: the hot path allocates nothing. Offsets index `view`; `addressOf` makes them pointers.
 */
export class Slab {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly #address: number;
  #used = 0;

  constructor(size: number) {
    const { address, memory } = allocateNative(size);
    this.#address = address;
    this.view = new DataView(memory);
    this.bytes = new Uint8Array(memory);
    this.bytes.fill(0);
  }

  /** Offset of a fresh piece, aligned as a cache line so that no kernel structure straddles two. */
  reserve(bytes: number): number {
    const offset = this.#used;
    this.#used = (offset + bytes + 63) & ~63;
    if (this.#used > this.view.byteLength) throw new RangeError('the slab is too small');
    return offset;
  }

  addressOf(offset: number): number {
    return this.#address + offset;
  }
}
