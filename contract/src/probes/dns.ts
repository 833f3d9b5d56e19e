import Type from 'typebox';
import { closed, stringEnum } from '../kinds/schema.ts';
import { every, family, timeout } from './options.ts';
import type { Metric, Probe } from './probe.ts';
import { slotTimeoutMs, timeoutFitsCel } from './time-left.ts';

const STANDARD_TIMEOUT_MS = 3_000;
const DNS_TRANSPORTS = ['udp', 'tcp'] as const;
export type DnsTransport = (typeof DNS_TRANSPORTS)[number];

const options = Type.Object(
  {
    resolver: Type.Optional(
      Type.String({
        minLength: 2,
        maxLength: 45,
        format: 'ip-address',
        description: 'Address of the resolver that is asked. Absent: the first one of the host.',
      }),
    ),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_535, description: 'Port of the resolver. Absent: 53.' }),
    ),
    transport: Type.Optional(
      stringEnum(
        DNS_TRANSPORTS,
        'What the questions go over. Absent: udp, and TCP again where an answer was truncated.',
      ),
    ),
    family,
    every,
    timeout: timeout('3s, or less where the interval leaves less'),
  },
  {
    ...closed,
    description: 'DNS: real queries for A and AAAA to one resolver, and what an application gets.',
  },
);

/** The options of a dns slot with every default filled in. */
export function dnsSettings(given: Readonly<Record<string, unknown>>, periodMs: number) {
  const o = given as Partial<{
    resolver: string;
    port: number;
    transport: DnsTransport;
    family: 'any' | 'ipv4' | 'ipv6';
    timeout: string;
  }>;
  return {
    resolver: o.resolver ?? null,
    port: o.port ?? 53,
    transport: o.transport ?? 'udp',
    family: o.family ?? 'any',
    timeoutMs: slotTimeoutMs(o.timeout, STANDARD_TIMEOUT_MS, periodMs),
  };
}
export type DnsSettings = ReturnType<typeof dnsSettings>;

const metrics: readonly Metric[] = [
  {
    name: 'query_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning:
      'From the query for A to its whole answer (RFC 1035), over TCP again where UDP was truncated; the connect included where TCP is used',
    nullMeans: 'no answer came, or only IPv6 was asked for',
    guideField: 'dns_resolution_time',
    guideUnit: 'ms',
  },
  {
    name: 'query_aaaa_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'The same for AAAA (RFC 3596)',
    nullMeans: 'no answer came, or only IPv4 was asked for',
  },
  {
    name: 'system_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'getaddrinfo of the host: what an application waits, search domains, files and caches included',
    nullMeans: 'it found nothing, or not in time',
  },
  {
    name: 'rcode',
    unit: 'none',
    kind: 'state',
    better: null,
    meaning: 'Response code for A: NOERROR, NXDOMAIN, SERVFAIL, REFUSED, ...',
    nullMeans: 'no answer came, or only IPv6 was asked for',
  },
  {
    name: 'rcode_aaaa',
    unit: 'none',
    kind: 'state',
    better: null,
    meaning: 'Response code for AAAA',
    nullMeans: 'no answer came, or only IPv4 was asked for',
  },
  {
    name: 'answers',
    unit: 'count',
    kind: 'fact',
    better: null,
    meaning: 'Addresses answered, A and AAAA together',
    nullMeans: 'no answer came',
  },
  {
    name: 'ttl_seconds',
    unit: 'seconds',
    kind: 'gauge',
    better: null,
    meaning: 'Smallest time to live of the records answered',
    nullMeans: 'no record was answered',
    wide: true,
  },
  {
    name: 'truncated',
    unit: 'count',
    kind: 'count',
    better: 'lower',
    meaning: 'Answers over UDP that were truncated and asked for again over TCP (RFC 7766)',
    nullMeans: 'no answer came',
  },
  {
    name: 'cache_hit_ratio',
    unit: 'ratio',
    kind: 'gauge',
    better: 'higher',
    meaning: '1 where the resolver knew the name already: asked without recursion, before the real query',
    nullMeans: 'the resolver does not answer without recursion',
    guideField: 'dns_cache_hit_ratio',
    guideUnit: '%',
  },
  {
    name: 'resolver',
    unit: 'none',
    kind: 'state',
    better: null,
    meaning: 'Resolver that was asked',
    nullMeans: 'the host names none',
  },
];

const NO_NAME = 'a literal address has no name to ask for';

export const dns: Probe = {
  name: 'dns',
  summary: 'Time to resolve a name, A and AAAA apart, and what the resolver says',
  perAgent: false,
  findsAddress: true,
  literalReason: NO_NAME,
  options,
  metrics,
  destinations: {
    host: { applies: true, means: 'resolve the name' },
    url: { applies: true, means: 'resolve the host of the URL' },
    service: { applies: false, reason: 'a Service is measured at its cluster IP, without a name' },
    agents: { applies: false, reason: 'agents are measured at their addresses, without a name' },
  },
  slotBudgetMs: (given, periodMs) => dnsSettings(given, periodMs).timeoutMs,
  slotFitsCel: timeoutFitsCel,
  /** One query without recursion, and one each for A and AAAA. */
  packetsPerSlot: () => 3,
};
