import Type from 'typebox';
import { parseDurationMs } from '../duration/duration.ts';
import { durationBetween } from '../kinds/quantities.ts';
import { closed } from '../kinds/schema.ts';
import { dscp, family } from './options.ts';
import type { Metric, Probe } from './probe.ts';

/** A path rarely changes, and routers answer few questions a second. */
export const TRACE_PERIOD_MS = 60_000;
/** Time from one packet to the next. */
const SPACING_MS = 10;
const DEFAULT_MAX_HOPS = 30;
const DEFAULT_COUNT = 3;
const DEFAULT_TIMEOUT_MS = 1_000;
const LEAST_TIMEOUT_MS = 10;
/** Left free at the end of a period, so that the defaults fit an interval of one second. */
const MARGIN_MS = 90;

const options = Type.Object(
  {
    maxHops: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 64, description: 'Largest TTL that is tried. Absent: 30.' }),
    ),
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10, description: 'Packets for each hop. Absent: 3.' }),
    ),
    dscp,
    family,
    every: Type.Optional(
      durationBetween(
        '1s',
        '24h',
        'Own cadence of this probe. Absent: 1m, or the interval of the test where that is longer.',
      ),
    ),
    timeout: Type.Optional(
      durationBetween(
        '10ms',
        '10s',
        'How long to wait for each answer. Absent: 1s, or less where every leaves less.',
      ),
    ),
  },
  { ...closed, description: 'Trace: the routers on the way, one flow, with round trip and loss of each.' },
);

/** The options of a trace slot with every default filled in. */
export function traceSettings(given: Readonly<Record<string, unknown>>, periodMs: number) {
  const o = given as { maxHops?: number; count?: number; timeout?: string };
  const maxHops = o.maxHops ?? DEFAULT_MAX_HOPS;
  const count = o.count ?? DEFAULT_COUNT;
  const left = Math.max(LEAST_TIMEOUT_MS, periodMs - maxHops * count * SPACING_MS - MARGIN_MS);
  return {
    maxHops,
    count,
    spacingMs: SPACING_MS,
    timeoutMs:
      o.timeout === undefined ? Math.min(DEFAULT_TIMEOUT_MS, left) : (parseDurationMs(o.timeout) ?? left),
  };
}
export type TraceSettings = ReturnType<typeof traceSettings>;

/** What one trace has found out about one TTL. */
export interface TraceHop {
  readonly ttl: number;
  /** Null: nothing answered at this TTL. */
  readonly address: string | null;
  readonly sent: number;
  /** Of the answered packets, in sending order; the others are lost. */
  readonly rtts_seconds: readonly number[];
  /** Where the answer was that nothing goes on from here: why. */
  readonly unreachable?: string;
  /** Further addresses that answered at this TTL; their round trips are not among these. */
  readonly others?: readonly string[];
}

const count = (name: string, better: 'higher' | null, meaning: string): Metric => ({
  name,
  unit: 'count',
  kind: 'count',
  better,
  meaning,
  nullMeans: 'the probe could not send',
});

const metrics: readonly Metric[] = [
  {
    name: 'hops',
    unit: 'hops',
    kind: 'gauge',
    better: null,
    meaning: 'Smallest TTL at which the destination itself answered',
    nullMeans: 'the destination did not answer',
    guideField: 'traceroute_hops',
    guideUnit: 'count',
  },
  {
    name: 'last_responding_ttl',
    unit: 'hops',
    kind: 'gauge',
    better: null,
    meaning: 'Largest TTL at which anything answered; more than hops it never is',
    nullMeans: 'nothing answered',
  },
  count('sent', null, 'Packets sent, up to the hop where the path ended'),
  count('received', 'higher', 'Packets of these that were answered in time, by whichever hop'),
  {
    name: 'first_hop_rtt_seconds',
    unit: 'seconds',
    kind: 'distribution',
    better: 'lower',
    meaning: 'Smallest round trip to the first hop',
    nullMeans: 'the first hop did not answer',
  },
  {
    name: 'path_hash',
    unit: 'none',
    kind: 'state',
    better: null,
    meaning: 'Name of the path: 16 hexadecimal digits of the SHA-256 of the answering addresses in order',
    nullMeans: 'nothing answered',
  },
  {
    name: 'path_changed',
    unit: 'count',
    kind: 'count',
    better: null,
    meaning: '1: at some TTL another router answered than this agent knew there; 0: none',
    nullMeans: 'first-sample: nothing was known before; else nothing answered',
    event: { reason: 'PathChanged', words: 'path changed', perAgent: true },
  },
  {
    name: 'path',
    unit: 'none',
    kind: 'detail',
    better: null,
    meaning:
      'For each TTL up to the last that answered: address (null where silent), packets sent, round trips',
    nullMeans: 'nothing answered',
    guideField: 'traceroute_data',
    guideUnit: 'list of hops',
  },
];

export const trace: Probe = {
  name: 'trace',
  summary: 'The routers on the way as one flow sees them, with round trip and loss of each',
  perAgent: false,
  ownPeriodMs: TRACE_PERIOD_MS,
  options,
  metrics,
  destinations: {
    host: { applies: true, means: 'path to the address of the host' },
    url: { applies: true, means: 'path to the host of the URL' },
    service: { applies: false, reason: 'the address of a Service (ClusterIP) answers no ICMP: use tcp' },
    agents: { applies: true, means: 'path to the address of each far agent' },
  },
  slotBudgetMs(given, periodMs) {
    const { maxHops, count, spacingMs, timeoutMs } = traceSettings(given, periodMs);
    return maxHops * count * spacingMs + timeoutMs;
  },
  // Without a timeout of its own the wait shrinks with the period, down to 10 ms.
  slotFitsCel: (o, period) =>
    `${SPACING_MS} * (has(${o}.maxHops) ? ${o}.maxHops : ${DEFAULT_MAX_HOPS}) * (has(${o}.count) ? ${o}.count : ${DEFAULT_COUNT}) + (has(${o}.timeout) ? duration(${o}.timeout).getMilliseconds() : ${LEAST_TIMEOUT_MS}) <= ${period}.getMilliseconds()`,
  packetsPerSlot(given) {
    const { maxHops, count } = traceSettings(given, TRACE_PERIOD_MS);
    return maxHops * count;
  },
};
