import { PACKET_LIMITS } from '@streamswarm/contract';

/** How many packets an agent may send, and how much it does at once. */
export interface PacketLimits {
  /** Packets per second of the whole agent. */
  readonly perAgent: number;
  /** Packets per second to one address. */
  readonly perDestination: number;
  /** Slots under way at once. */
  readonly slotsInFlight: number;
  /** Of these, slots of long work: each may hold a connection and a body. */
  readonly slowSlotsInFlight: number;
}

export const DEFAULT_PACKET_LIMITS: PacketLimits = {
  ...PACKET_LIMITS,
  slotsInFlight: 4_096,
  slowSlotsInFlight: 64,
};

/** Both buckets hold one second. */
const BURST_MS = 1_000;
const SWEEP_EVERY = 1_024;

/**
 * Token buckets kept as the time at which each would be full again (the generic cell rate algorithm of ITU-T
 * I.371): a slot reserves its place in line at once, so that nobody has to ask again and nobody starves.
 */
export class PacketBudget {
  readonly #agentMsPerPacket: number;
  readonly #destinationMsPerPacket: number;
  readonly #destinations = new Map<string, number>();
  #agentFullAtMs = 0;
  #sinceSweep = 0;

  constructor(limits: Pick<PacketLimits, 'perAgent' | 'perDestination'>) {
    this.#agentMsPerPacket = 1_000 / limits.perAgent;
    this.#destinationMsPerPacket = 1_000 / limits.perDestination;
  }

  /**
   * Takes `packets` for an address and says in how many ms they may be sent; takes nothing and says null where
   * that would be later than `latestMs`.
   */
  reserve(address: string, packets: number, nowMs: number, latestMs: number): number | null {
    if (packets === 0) return 0;
    const agent = Math.max(this.#agentFullAtMs, nowMs) + packets * this.#agentMsPerPacket;
    const destination =
      Math.max(this.#destinations.get(address) ?? 0, nowMs) + packets * this.#destinationMsPerPacket;
    const wait = Math.max(0, Math.max(agent, destination) - BURST_MS - nowMs);
    if (wait > 0 && nowMs + wait > latestMs) return null;
    this.#agentFullAtMs = agent;
    this.#destinations.set(address, destination);
    if (++this.#sinceSweep >= SWEEP_EVERY) this.#sweep(nowMs);
    return wait;
  }

  #sweep(nowMs: number): void {
    this.#sinceSweep = 0;
    for (const [address, fullAtMs] of this.#destinations) {
      if (fullAtMs <= nowMs) this.#destinations.delete(address);
    }
  }
}
