import { IN_FLIGHT_LIMIT } from './in-flight-table.ts';

/**
 * Which send a transmit stamp belongs to. Since Linux 6.13 the send names its own id (SCM_TS_OPT_ID): `own`.
 * Before, the kernel counts sends; whether a failed one consumed a number depends on the kernel and on where it
 * failed, so after a failure the count is learnt anew from the scheduling stamp of the next send.
 */
export class StampIds {
  readonly #own: boolean;
  readonly #counterOfId = new Uint32Array(IN_FLIGHT_LIMIT);
  #nextId = 0;
  #synced = true;
  #awaited = -1;

  constructor(own: boolean) {
    this.#own = own;
  }

  /** The id to send along, or null where the kernel counts. */
  idFor(counter: number): number | null {
    return this.#own ? counter : null;
  }

  /** Whether the stamps of the next send must be read alone, right after it. */
  get lost(): boolean {
    return !this.#synced;
  }

  sent(counter: number): void {
    if (this.#own) return;
    if (this.#synced) this.#assign(this.#nextId, counter);
    else this.#awaited = counter;
  }

  failed(): void {
    if (this.#own) return;
    this.#synced = false;
    this.#awaited = -1;
  }

  /** The send counter behind a stamp's id, or -1. */
  counterOf(id: number, isScheduling: boolean): number {
    if (this.#own) return id;
    if (this.#awaited >= 0 && isScheduling) {
      this.#synced = true;
      this.#assign(id, this.#awaited);
      this.#awaited = -1;
    }
    const age = (this.#nextId - 1 - id) >>> 0;
    return age < IN_FLIGHT_LIMIT ? (this.#counterOfId[id % IN_FLIGHT_LIMIT] ?? -1) : -1;
  }

  #assign(id: number, counter: number): void {
    this.#counterOfId[id % IN_FLIGHT_LIMIT] = counter;
    this.#nextId = (id + 1) >>> 0;
  }
}
