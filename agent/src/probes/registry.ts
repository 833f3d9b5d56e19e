import { PROBES, type ProbeName } from '@streamswarm/contract/probes/catalogue';
import { dnsSettings } from '@streamswarm/contract/probes/dns';
import { parseDscp } from '@streamswarm/contract/probes/dscp';
import { httpSettings } from '@streamswarm/contract/probes/http';
import { icmpSettings } from '@streamswarm/contract/probes/icmp';
import type { Probe } from '@streamswarm/contract/probes/probe';
import { UNKNOWN_PATH } from '@streamswarm/contract/probes/same-hops';
import { tcpSettings } from '@streamswarm/contract/probes/tcp';
import { tlsSettings } from '@streamswarm/contract/probes/tls';
import { traceSettings } from '@streamswarm/contract/probes/trace';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import type { PacketEngine } from '../native/packet-engine.ts';
import { runDns } from './dns/run-dns.ts';
import type { HostSampler } from './host/host-sampler.ts';
import { runHttp } from './http/run-http.ts';
import { runIcmp } from './icmp/run-icmp.ts';
import type { AddressFamily, PreparedProbe, ProbeRunner, ProbeRunners } from './probe-runner.ts';
import type { Reach } from './reach.ts';
import { runTcp } from './tcp/run-tcp.ts';
import { runTls } from './tls/run-tls.ts';
import { notePath } from './trace/note-path.ts';
import { runTrace } from './trace/run-trace.ts';

/** What runs each kind of probe on this host. A new probe is one more entry here and a folder beside. */
export function probeRunners(engine: () => PacketEngine, host: HostSampler, reach: Reach): ProbeRunners {
  return {
    icmp: icmpRunner(engine),
    dns: dnsRunner(reach),
    tcp: tcpRunner(engine),
    tls: tlsRunner(),
    http: httpRunner(reach),
    trace: traceRunner(engine),
    host: hostRunner(host),
  };
}

function dnsRunner(reach: Reach): ProbeRunner {
  return {
    prepare(planned) {
      const settings = dnsSettings(planned.options, planned.periodMs);
      return { ...prepared('dns', planned), run: (name) => runDns(name, settings, reach) };
    },
  };
}

function tlsRunner(): ProbeRunner {
  return {
    prepare(planned) {
      const { host, port } = withPort(planned);
      const settings = tlsSettings(planned.options, planned.periodMs);
      const serverName = settings.serverName ?? host;
      let known: string | null = null;
      return {
        ...prepared('tls', planned),
        async run(address) {
          const outcome = await runTls({ address, port, serverName }, { ...settings, known });
          const { fingerprint } = outcome.metrics;
          if (typeof fingerprint === 'string') known = fingerprint;
          return outcome;
        },
      };
    },
  };
}

function httpRunner(reach: Reach): ProbeRunner {
  return {
    prepare(planned) {
      const settings = httpSettings(planned.options, planned.periodMs);
      const { host = '', port = null, url } = planned.target ?? {};
      const literal = host.includes(':') ? `[${host}]` : host;
      const place = `${settings.scheme}://${literal}${port === null ? '' : `:${port}`}${settings.path}`;
      const target = new URL(url ?? place);
      return { ...prepared('http', planned), lane: 'slow', run: () => runHttp(target, settings, reach) };
    },
  };
}

function withPort({ kind, target }: PlannedSpan): { host: string; port: number } {
  if (target === null || target.port === null) throw new Error(`a ${kind} span needs a port`);
  return { host: target.host, port: target.port };
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
      const { port } = withPort(planned);
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

function traceRunner(engine: () => PacketEngine): ProbeRunner {
  return {
    prepare(planned) {
      const options = {
        ...traceSettings(planned.options, planned.periodMs),
        ...sending(planned.options),
      };
      let known = UNKNOWN_PATH;
      return {
        ...prepared('trace', planned),
        lane: 'slow',
        async run(address) {
          const noted = notePath(await runTrace(engine(), { address }, options), known);
          known = noted.known;
          return noted.outcome;
        },
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

function prepared(kind: ProbeName, planned: PlannedSpan): Omit<PreparedProbe, 'run'> {
  const probe: Probe = PROBES[kind];
  return {
    kind,
    lane: 'fast',
    family: family(planned.options),
    findsAddress: probe.findsAddress ?? false,
    packets: probe.packetsPerSlot(planned.options),
    longestMs: probe.slotBudgetMs(planned.options, planned.periodMs),
  };
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
