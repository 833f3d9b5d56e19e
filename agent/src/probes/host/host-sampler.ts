import type { ProbeOutcome } from '../probe-outcome.ts';
import { hostMetrics } from './host-metrics.ts';
import type { HostReading } from './host-reading.ts';
import { readLinuxHost } from './read-linux-host.ts';
import { readPortableHost } from './read-portable-host.ts';

/** Readings younger than this serve every test that asks, ms. */
const SHARED_MS = 50;

/** The host probe: one look at this machine, and the rates since the look before it of the same span. */
export class HostSampler {
  readonly #read: () => HostReading | Promise<HostReading>;
  readonly #monotonicMs: () => number;
  readonly #last = new Map<number, { reading: HostReading; outcome: ProbeOutcome }>();
  #latest: Promise<HostReading> | null = null;
  #latestAtMs = Number.NEGATIVE_INFINITY;

  constructor(read: () => HostReading | Promise<HostReading>, monotonicMs: () => number) {
    this.#read = read;
    this.#monotonicMs = monotonicMs;
  }

  async sample(span: number): Promise<ProbeOutcome> {
    const reading = await this.#reading();
    const last = this.#last.get(span);
    if (last?.reading === reading) return last.outcome;
    const outcome: ProbeOutcome = { outcome: 'ok', ...hostMetrics(last?.reading ?? null, reading) };
    this.#last.set(span, { reading, outcome });
    return outcome;
  }

  forget(span: number): void {
    this.#last.delete(span);
  }

  #reading(): Promise<HostReading> {
    const now = this.#monotonicMs();
    if (this.#latest === null || now - this.#latestAtMs >= SHARED_MS) {
      this.#latestAtMs = now;
      this.#latest = Promise.resolve().then(this.#read);
    }
    return this.#latest;
  }
}

/** How this machine is read. */
export function hostReader(
  platform: NodeJS.Platform,
  monotonicMs: () => number,
): () => HostReading | Promise<HostReading> {
  return platform === 'linux' ? () => readLinuxHost('/', monotonicMs) : () => readPortableHost(monotonicMs);
}
