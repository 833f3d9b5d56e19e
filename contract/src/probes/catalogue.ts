import { dns } from './dns.ts';
import { host } from './host.ts';
import { http } from './http.ts';
import { icmp } from './icmp.ts';
import type { Metric, Probe } from './probe.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';
import { trace } from './trace.ts';

/** Every probe there is. A new probe is a file beside these and one word here. */
export const PROBES = { icmp, dns, tcp, tls, http, trace, host } as const satisfies Record<string, Probe>;
export type ProbeName = keyof typeof PROBES;
export const PROBE_NAMES = Object.keys(PROBES) as readonly ProbeName[];

/** Kinds of probes that are designed but not built: named, so that a manifest that asks for one gets a clear answer. */
export const LATER_PROBES = [
  'mtu',
  'dscp',
  'ecn',
  'policing',
  'queue',
  'throughput',
  'hardware',
  'udp',
  'database',
] as const;

export function isProbeName(name: string): name is ProbeName {
  return Object.hasOwn(PROBES, name);
}

export function findMetric(probe: ProbeName, metric: string): Metric | undefined {
  return PROBES[probe].metrics.find((candidate) => candidate.name === metric);
}
