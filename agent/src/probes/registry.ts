import { PROBES, type ProbeName } from '@streamswarm/contract/probes/catalogue';
import { parseDscp } from '@streamswarm/contract/probes/dscp';
import { icmpSettings } from '@streamswarm/contract/probes/icmp';
import { tcpSettings } from '@streamswarm/contract/probes/tcp';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import type { PacketEngine } from '../native/packet-engine.ts';
import type { HostSampler } from './host/host-sampler.ts';
import { runIcmp } from './icmp/run-icmp.ts';
import type { AddressFamily, PreparedProbe, ProbeRunner, ProbeRunners } from './probe-runner.ts';
import { runTcp } from './tcp/run-tcp.ts';

/** What runs each kind of probe on this host. A new probe is one more entry here and a folder beside. */
export function probeRunners(engine: () => PacketEngine, host: HostSampler): ProbeRunners {
  return { icmp: icmpRunner(engine), tcp: tcpRunner(engine), host: hostRunner(host) };
}

function icmpRunner(engine: () => PacketEngine): ProbeRunner {
  return {
    prepare(planned) {
      const settings = icmpSettings(planned.options, planned.periodMs);
      const options = { ...settings, ...sending(planned.options) };
      return {
        ...prepared('icmp', planned),
        packets: settings.count,
        run: (address) => runIcmp(engine(), { address }, options),
      };
    },
  };
}

function tcpRunner(engine: () => PacketEngine): ProbeRunner {
  return {
    prepare(planned) {
      const port = planned.target?.port;
      if (port === undefined || port === null) throw new Error('a tcp span needs a port');
      const { timeoutMs } = tcpSettings(planned.options, planned.periodMs);
      const options = { timeoutMs, ...sending(planned.options) };
      return {
        ...prepared('tcp', planned),
        packets: 1,
        run: (address) => runTcp(engine(), { address, port }, options),
      };
    },
  };
}

function hostRunner(host: HostSampler): ProbeRunner {
  return {
    prepare: (planned) => ({
      ...prepared('host', planned),
      packets: 0,
      run: () => host.sample(planned.span),
    }),
    forget: (span) => host.forget(span),
  };
}

function prepared(kind: ProbeName, planned: PlannedSpan): Omit<PreparedProbe, 'run' | 'packets'> {
  const longestMs = PROBES[kind].slotBudgetMs(planned.options, planned.periodMs);
  return { kind, lane: 'fast', family: family(planned.options), longestMs };
}

function family(options: Readonly<Record<string, unknown>>): AddressFamily {
  const given = options['family'];
  return given === 'ipv4' || given === 'ipv6' ? given : 'any';
}

function sending(options: Readonly<Record<string, unknown>>): { dscp?: number; source?: string } {
  const { dscp, source } = options;
  const mark = typeof dscp === 'number' || typeof dscp === 'string' ? parseDscp(dscp) : null;
  return { ...(mark === null ? {} : { dscp: mark }), ...(typeof source === 'string' ? { source } : {}) };
}
