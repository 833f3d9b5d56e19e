import { type Progress, transferRate } from './transfer-rate.ts';

/** A larger body is counted and not kept: neither decoded nor searched. */
export const KEPT_BYTES = 10 * 1024 * 1024;

/** Takes the body of an answer piece by piece, encoded as it comes. */
export class BodyReader {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #first: Progress | null = null;
  #last: Progress | null = null;

  add(chunk: Buffer, nowMs: number): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= KEPT_BYTES) this.#chunks.push(chunk);
    else this.#chunks.length = 0;
    this.#last = { bytes: this.#bytes, atMs: nowMs };
    this.#first ??= this.#last;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** All of it, or null where it was too large to be kept. */
  whole(): Buffer | null {
    return this.#bytes <= KEPT_BYTES ? Buffer.concat(this.#chunks) : null;
  }

  /** Bits per second from its first byte to its last; null without a body. */
  rate(roundTripSeconds: number): number | 'too-short' | null {
    if (this.#first === null || this.#last === null) return null;
    return transferRate(this.#first, this.#last, roundTripSeconds);
  }
}
