import Type from 'typebox';
import { parseDurationMs } from '../duration/duration.ts';
import { closed } from '../kinds/schema.ts';
import { dscp, every, family, timeout } from './options.ts';
import type { Metric, Probe } from './probe.ts';

const options = Type.Object(
  {
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: 'Echo requests a slot. Absent: 10.' }),
    ),
    size: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 9_000, description: 'Payload bytes of a request. Absent: 56.' }),
    ),
    dscp,
    dontFragment: Type.Optional(
      Type.Boolean({ description: 'Forbid fragmentation, also by this host. Absent: false.' }),
    ),
    family,
    source: Type.Optional(
      Type.String({
        minLength: 2,
        maxLength: 45,
        format: 'ip-address',
        description: 'Address of the agent to send from. Absent: the route decides.',
      }),
    ),
    every,
    timeout: timeout('1s, or less where the interval leaves less'),
  },
  { ...closed, description: 'ICMP echo: reachability, round-trip time, loss, jitter.' },
);

/** Time between two requests of a slot. */
export const ICMP_SPACING_MS = 20;
const DEFAULT_COUNT = 10;
const DEFAULT_TIMEOUT_MS = 1_000;
const LEAST_TIMEOUT_MS = 10;
/** Left free at the end of a period, so that the defaults fit an interval of one second. */
const MARGIN_MS = 100;

/** The options of an icmp slot with every default filled in. */
export function icmpSettings(given: Readonly<Record<string, unknown>>, periodMs: number) {
  const o = given as { count?: number; size?: number; dontFragment?: boolean; timeout?: string };
  const count = o.count ?? DEFAULT_COUNT;
  const sendingMs = (count - 1) * ICMP_SPACING_MS;
  const left = Math.max(LEAST_TIMEOUT_MS, periodMs - sendingMs - MARGIN_MS);
  return {
    count,
    size: o.size ?? 56,
    dontFragment: o.dontFragment ?? false,
    spacingMs: ICMP_SPACING_MS,
    timeoutMs:
      o.timeout === undefined ? Math.min(DEFAULT_TIMEOUT_MS, left) : (parseDurationMs(o.timeout) ?? left),
  };
}

const rtt = (
  statistic: 'min' | 'mean' | 'p50' | 'p95' | 'p99' | 'max',
  meaning: string,
  guide = {},
): Metric => ({
  name: `rtt_${statistic}_seconds`,
  unit: 'seconds',
  kind: 'gauge',
  better: 'lower',
  meaning,
  nullMeans: 'no reply came back',
  of: { metric: 'rtts_seconds', statistic },
  ...guide,
});

const metrics: readonly Metric[] = [
  {
    name: 'sent',
    unit: 'count',
    kind: 'count',
    better: null,
    meaning: 'Echo requests sent',
    nullMeans: 'the probe could not send',
  },
  {
    name: 'received',
    unit: 'count',
    kind: 'count',
    better: 'higher',
    meaning: 'Echo requests answered in time, duplicates not counted (RFC 2681)',
    nullMeans: 'the probe could not send',
    guideField: 'ping_packet_loss',
    guideUnit: '% (of sent)',
  },
  {
    name: 'duplicates',
    unit: 'count',
    kind: 'count',
    better: 'lower',
    meaning: 'Further replies to a request that was answered (RFC 5560)',
    nullMeans: 'the probe could not send',
  },
  {
    name: 'reordered',
    unit: 'count',
    kind: 'count',
    better: 'lower',
    meaning: 'Replies with a sequence number below one already seen (RFC 4737, 3.3)',
    nullMeans: 'the probe could not send',
  },
  {
    name: 'rtts_seconds',
    unit: 'seconds',
    kind: 'samples',
    better: 'lower',
    meaning: 'Round-trip time of each answered request, in sending order',
    nullMeans: 'no reply came back',
  },
  rtt('min', 'Smallest round-trip time'),
  rtt('mean', 'Mean round-trip time', { guideField: 'ping_latency', guideUnit: 'ms' }),
  rtt('p50', 'Median round-trip time'),
  rtt('p95', '95th percentile of the round-trip time'),
  rtt('p99', '99th percentile of the round-trip time'),
  rtt('max', 'Largest round-trip time'),
  {
    name: 'stamp',
    unit: 'none',
    kind: 'state',
    better: null,
    meaning: 'Who took the time stamps: kernel, or user where one was missing',
    nullMeans: 'no reply came back',
  },
  {
    name: 'local_queue_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'Longest wait in the queue of this host: kernel transmit stamp minus scheduling stamp',
    nullMeans: 'the kernel gave no scheduling stamp',
  },
  {
    name: 'self_error_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'Own error: largest user-space round trip minus kernel round trip',
    nullMeans: 'no kernel stamps',
  },
  {
    name: 'jitter_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'Smoothed variation of adjacent round trips (RFC 3550, 6.4.1, applied to round trips)',
    nullMeans: 'no two adjacent requests were answered',
    guideField: 'jitter',
    guideUnit: 'ms',
  },
  {
    name: 'ipdv_p99_seconds',
    unit: 'seconds',
    kind: 'gauge',
    better: 'lower',
    meaning: '99th percentile of the difference between adjacent round trips (RFC 3393)',
    nullMeans: 'no two adjacent requests were answered',
  },
  {
    name: 'pdv_p99_seconds',
    unit: 'seconds',
    kind: 'gauge',
    better: 'lower',
    meaning: '99th percentile of the delay above the smallest (RFC 5481)',
    nullMeans: 'no reply came back',
  },
  {
    name: 'loss_run_max',
    unit: 'count',
    kind: 'gauge',
    better: 'lower',
    meaning: 'Longest run of consecutive losses',
    nullMeans: 'the probe could not send',
  },
  {
    name: 'loss_bursts',
    unit: 'count',
    kind: 'count',
    better: 'lower',
    meaning: 'Runs of consecutive losses (RFC 3611, 4.1)',
    nullMeans: 'the probe could not send',
  },
  {
    name: 'ttl',
    unit: 'hops',
    kind: 'gauge',
    better: null,
    meaning: 'TTL or hop limit of the last reply',
    nullMeans: 'no reply came back, or the kernel did not tell',
  },
  {
    name: 'icmp_errors',
    unit: 'none',
    kind: 'detail',
    better: null,
    meaning: 'ICMP errors received: type, code and how many',
    nullMeans: 'none came',
  },
];

export const icmp: Probe = {
  name: 'icmp',
  summary: 'Reachability, round-trip time, loss and jitter by ICMP echo with kernel time stamps',
  perAgent: false,
  options,
  metrics,
  destinations: {
    host: { applies: true, means: 'echo to the address of the host' },
    url: { applies: true, means: 'echo to the host of the URL' },
    service: { applies: false, reason: 'the address of a Service (ClusterIP) answers no ICMP: use tcp' },
    agents: { applies: true, means: 'echo to the address of each far agent' },
  },
  slotBudgetMs(given, periodMs) {
    const { count, spacingMs, timeoutMs } = icmpSettings(given, periodMs);
    return (count - 1) * spacingMs + timeoutMs;
  },
  // Without a timeout of its own the wait shrinks with the period, down to 10 ms.
  slotFitsCel: (o, period) =>
    `${ICMP_SPACING_MS} * ((has(${o}.count) ? ${o}.count : ${DEFAULT_COUNT}) - 1) + (has(${o}.timeout) ? duration(${o}.timeout).getMilliseconds() : ${LEAST_TIMEOUT_MS}) <= ${period}.getMilliseconds()`,
  packetsPerSlot: (given) => icmpSettings(given, Number.POSITIVE_INFINITY).count,
};
