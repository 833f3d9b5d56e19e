import { HOST_DETAILS_MS } from '@streamswarm/contract/probes/host';
import { kernelClock } from '../../native/kernel-clock.ts';
import type { ProbeOutcome } from '../probe-outcome.ts';
import { DETAILS_LATER, hostDetails } from './host-details.ts';
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
  readonly #last = new Map<number, { reading: HostReading; detailed: HostReading; outcome: ProbeOutcome }>();
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
    const { metrics, nulls } = hostMetrics(last?.reading ?? null, reading);
    const isLong = last === undefined || reading.atMs - last.detailed.atMs >= HOST_DETAILS_MS;
    const details = isLong ? hostDetails(last?.detailed ?? null, reading) : DETAILS_LATER;
    const outcome: ProbeOutcome = {
      outcome: 'ok',
      metrics: { ...metrics, ...details.metrics },
      nulls: { ...nulls, ...details.nulls },
    };
    this.#last.set(span, { reading, outcome, detailed: isLong ? reading : last.detailed });
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
  if (platform !== 'linux') return () => readPortableHost(monotonicMs);
  return async () => {
    const readClock = await kernelClock();
    return { ...readLinuxHost('/', monotonicMs), clock: readClock() };
  };
}
