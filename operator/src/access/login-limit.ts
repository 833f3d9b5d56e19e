import { isIPv6 } from 'node:net';

/** Failed logins within a window: of one name from one network, of one network, of one name from everywhere. */
export const LIMITS = { nameAndNetwork: 5, network: 20, name: 100 } as const;
export const WINDOW_MS = 5 * 60_000;
/** Names and networks remembered; beyond it the oldest is forgotten, so that nobody can fill the memory. */
const MOST_KEYS = 10_000;

interface Count {
  readonly sinceMs: number;
  readonly failures: number;
}

/**
 * Slows down guessing. A name alone is limited last and widely: else anybody could lock an admin out by failing under
 * that name.
 */
export class LoginLimit {
  readonly #counts = new Map<string, Count>();
  readonly #nowMs: () => number;

  /** `nowMs`: a monotonic clock. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Counts an attempt before it is made, so that many at once cannot slip through; seconds to wait, or null. */
  attempt(name: string, address: string): number | null {
    const keys = keysOf(name, address);
    const nowMs = this.#nowMs();
    const waits = keys.map(([key, limit]) => {
      const count = this.#live(key, nowMs);
      return count !== null && count.failures >= limit ? count.sinceMs + WINDOW_MS - nowMs : 0;
    });
    const waitMs = Math.max(...waits);
    if (waitMs > 0) return Math.ceil(waitMs / 1_000);
    for (const [key] of keys) {
      const count = this.#live(key, nowMs) ?? { sinceMs: nowMs, failures: 0 };
      this.#put(key, { ...count, failures: count.failures + 1 });
    }
    return null;
  }

  /** The attempt was good: it does not count, and neither do the failures of that name from there. */
  succeeded(name: string, address: string): void {
    const [own, ...others] = keysOf(name, address);
    if (own !== undefined) this.#counts.delete(own[0]);
    for (const [key] of others) {
      const count = this.#counts.get(key);
      if (count !== undefined) this.#put(key, { ...count, failures: Math.max(0, count.failures - 1) });
    }
  }

  #live(key: string, nowMs: number): Count | null {
    const count = this.#counts.get(key);
    return count === undefined || nowMs - count.sinceMs >= WINDOW_MS ? null : count;
  }

  #put(key: string, count: Count): void {
    this.#counts.delete(key);
    this.#counts.set(key, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MOST_KEYS && oldest !== undefined) this.#counts.delete(oldest);
  }
}

function keysOf(name: string, address: string): (readonly [string, number])[] {
  const network = networkOf(address);
  const who = name.toLowerCase().slice(0, 64);
  return [
    [`both ${network} ${who}`, LIMITS.nameAndNetwork],
    [`network ${network}`, LIMITS.network],
    [`name ${who}`, LIMITS.name],
  ];
}

/** One machine has all addresses of an IPv6 /64. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
