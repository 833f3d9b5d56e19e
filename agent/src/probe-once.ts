import { promises as dns } from 'node:dns';
import type { ProbeName } from '@streamswarm/contract/probes/catalogue';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import { systemTimers } from './clock/timers.ts';
import { startPacketEngine } from './native/packet-engine.ts';
import { watchSockets } from './native/watch-sockets.ts';
import { addressGate } from './policy/address-gate.ts';
import { hostNameServers } from './policy/host-network.ts';
import { HostSampler, hostReader } from './probes/host/host-sampler.ts';
import type { Denied, ProbeOutcome } from './probes/probe-outcome.ts';
import { failedOutcome } from './probes/probe-runner.ts';
import { allowedAddress } from './probes/reach.ts';
import { probeRunners } from './probes/registry.ts';
import { Resolver } from './resolve/resolver.ts';

export interface OneProbe {
  readonly kind: ProbeName;
  readonly options: Readonly<Record<string, unknown>>;
  /** Null for a probe of this host itself. */
  readonly target: Omit<NonNullable<PlannedSpan['target']>, 'destination'> | null;
}

/** Rates of the host need two looks; so far apart. */
const BETWEEN_LOOKS_MS = 1_000;
/** How long one run may take: as in a slot of a minute. */
const PERIOD_MS = 60_000;
const RESOLVE_MS = 5_000;

/** One probe, once, on this host, without plan, operator and spool: name resolution, policy and probe as in a slot. */
export async function probeOnce({ kind, options, target }: OneProbe): Promise<ProbeOutcome | Denied> {
  const { monotonicMs, after } = systemTimers;
  const resolver = new Resolver({
    lookup: (host, family) => dns.lookup(host, { all: true, family, order: 'verbatim' }),
    concurrency: 2,
    after,
    monotonicMs,
  });
  const denial = addressGate(true, monotonicMs);
  const engine = await startPacketEngine();
  try {
    const host = new HostSampler(hostReader(process.platform, monotonicMs), monotonicMs);
    const runners = probeRunners(() => engine, host, {
      resolve: (name, family, timeoutMs) => resolver.resolve(name, family, timeoutMs),
      denial,
      nameServers: () => hostNameServers(),
      watchSockets,
    });
    const probe = runners[kind].prepare({
      span: 1,
      stream: '1',
      probe: kind,
      kind,
      options,
      target: target === null ? null : { destination: 'target', ...target },
      startMs: 0,
      periodMs: PERIOD_MS,
      offsetMs: 0,
      fromMs: 0,
      toMs: null,
    });
    if (target === null) {
      await probe.run('');
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
      return await probe.run('');
    }
    if (probe.findsAddress) return await probe.run(target.host);
    const resolution = await resolver.resolve(target.host, probe.family, RESOLVE_MS);
    if ('reason' in resolution) return failedOutcome(kind, resolution.source, resolution.reason);
    const allowed = allowedAddress(resolution.addresses, denial);
    if ('denied' in allowed) return { outcome: 'denied', reason: allowed.denied };
    const found = await probe.run(allowed.address);
    return found.outcome === 'denied' ? found : { ...found, address: allowed.address };
  } finally {
    await engine.close();
  }
}
