import type { SendProgress } from '../../native/tcp-info.ts';
import { type Progress, transferRate } from './transfer-rate.ts';

const LOOK_EVERY_MS = 10;

/** Follows a body on its way out, by what the far end has acknowledged. */
export class UploadWatch {
  readonly #bodyBytes: number;
  readonly #look: () => SendProgress | null;
  readonly #timer: NodeJS.Timeout;
  /** Acknowledged before the body began: handshake, and requests before this one. */
  #before: number | null = null;
  #first: Progress | null = null;
  #last: Progress | null = null;
  #isHanded = false;

  constructor(bodyBytes: number, look: () => SendProgress | null) {
    this.#bodyBytes = bodyBytes;
    this.#look = look;
    this.#timer = setInterval(() => this.look(performance.now()), LOOK_EVERY_MS);
    this.look(performance.now());
  }

  /** The kernel has all of it. */
  handed(): void {
    this.#isHanded = true;
    this.look(performance.now());
  }

  look(nowMs: number): void {
    if (this.#last !== null) return;
    const progress = this.#look();
    if (progress === null) return;
    const { ackedBytes: bytes, isAllAcked } = progress;
    this.#before ??= bytes;
    if (bytes === this.#before) return;
    this.#first ??= { bytes, atMs: nowMs };
    if (this.#isHanded && isAllAcked) {
      this.#last = { bytes, atMs: nowMs };
      this.stop();
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** When its last byte was acknowledged; null where that was not seen. */
  get endMs(): number | null {
    return this.#last?.atMs ?? null;
  }

  /**
   * Bits of the body per second; what TLS and framing add is taken off evenly. Unsupported where the kernel does not
   * say how far it came, failed where it never came to its end.
   */
  rate(roundTripSeconds: number): number | 'too-short' | 'unsupported' | 'failed' {
    const [before, first, last] = [this.#before, this.#first, this.#last];
    if (before === null) return 'unsupported';
    if (first === null || last === null) return 'failed';
    const rate = transferRate(first, last, roundTripSeconds);
    return typeof rate === 'number' ? (rate * this.#bodyBytes) / (last.bytes - before) : rate;
  }
}
