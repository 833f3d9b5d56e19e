/**
 * Requests on the wire of one socket, found by the low bits of a counter that never stands still: its low 16
 * bits are the sequence number, all 32 the token in the data. A slot stays taken until its request is over, so
 * that late and double replies are known for what they are.
 */
export const IN_FLIGHT_LIMIT = 32_768;
const SLOT_MASK = IN_FLIGHT_LIMIT - 1;

export class InFlightTable<T> {
  readonly counters = new Uint32Array(IN_FLIGHT_LIMIT);
  /** The packet's place among its request's packets. */
  readonly indexes = new Uint32Array(IN_FLIGHT_LIMIT);
  readonly sentAtMs = new Float64Array(IN_FLIGHT_LIMIT);
  readonly clockOffsetNs = new Float64Array(IN_FLIGHT_LIMIT);
  /** Kernel stamps, or -1: into the queue of this host, and out of it. */
  readonly scheduledNs = new Float64Array(IN_FLIGHT_LIMIT);
  readonly sentNs = new Float64Array(IN_FLIGHT_LIMIT);
  readonly replies = new Uint32Array(IN_FLIGHT_LIMIT);
  readonly failed = new Uint8Array(IN_FLIGHT_LIMIT);
  readonly #owners: (T | undefined)[] = [];
  #counter: number;
  #taken = 0;

  constructor(firstCounter: number) {
    this.#counter = firstCounter >>> 0;
  }

  /** Takes the next free slot; -1 when every one is taken. */
  take(owner: T, index: number): number {
    if (this.#taken >= IN_FLIGHT_LIMIT) return -1;
    do this.#counter = (this.#counter + 1) >>> 0;
    while (this.#owners[this.#counter & SLOT_MASK] !== undefined);
    const slot = this.#counter & SLOT_MASK;
    this.#owners[slot] = owner;
    this.#taken++;
    this.counters[slot] = this.#counter;
    this.indexes[slot] = index;
    this.scheduledNs[slot] = -1;
    this.sentNs[slot] = -1;
    this.replies[slot] = 0;
    this.failed[slot] = 0;
    return slot;
  }

  free(slot: number): void {
    if (this.#owners[slot] === undefined) return;
    this.#owners[slot] = undefined;
    this.#taken--;
  }

  owner(slot: number): T | undefined {
    return this.#owners[slot];
  }

  counterOf(slot: number): number {
    return this.counters[slot] ?? 0;
  }

  /** The slot of a counter that is on the wire, else -1. */
  slotOfCounter(counter: number): number {
    const slot = counter & SLOT_MASK;
    return this.#owners[slot] !== undefined && this.counters[slot] === counter >>> 0 ? slot : -1;
  }

  /** The slot of a sequence number on the wire, the token agreeing where there is one; else -1. */
  slotOfSequence(sequence: number, counter: number | null): number {
    const slot = sequence & SLOT_MASK;
    if (this.#owners[slot] === undefined) return -1;
    const expected = this.counters[slot] ?? 0;
    if ((expected & 0xffff) !== sequence) return -1;
    return counter === null || counter === expected ? slot : -1;
  }
}
