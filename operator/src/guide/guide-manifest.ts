import {
  API_VERSION,
  ICMP_SPACING_MS,
  icmpSettings,
  type ProbeEntry,
  type Sources,
  STREAM_TEST_KIND,
  type StreamTest,
  TRACE_PERIOD_MS,
  traceSettings,
} from '@streamswarm/contract';
import { AGENT_ID_LABEL } from '../domain/assignments/agent-labels.ts';
import type { GuideSettings } from './guide-settings.ts';

/** Holds the name that the script gave: names of ours have fewer letters. */
export const GUIDE_NAME_ANNOTATION = 'streamswarm.dev/guide-name';

export interface GuideWish {
  readonly name: string;
  readonly destination: string;
  readonly description?: string | null;
  readonly durationSeconds: number;
  readonly intervalSeconds: number;
  /** Null: now. */
  readonly startMs: number | null;
  /** Ids of the agents that measure; null: all. */
  readonly agentIds: readonly string[] | null;
}

type ProbeSettings = Pick<
  GuideSettings,
  'pingCount' | 'pingTimeoutSeconds' | 'traceTimeoutSeconds' | 'pageBytes'
>;

/** A wish of a script as a StreamTest; whether it is a good one says checkStreamTest. */
export function guideManifest(wish: GuideWish, name: string, settings: ProbeSettings): StreamTest {
  const { description, startMs, agentIds } = wish;
  return {
    apiVersion: API_VERSION,
    kind: STREAM_TEST_KIND,
    metadata: { name, namespace: 'default', annotations: { [GUIDE_NAME_ANNOTATION]: wish.name } },
    spec: {
      ...(description == null || description === '' ? {} : { description }),
      destinations: [{ name: 'destination', ...target(wish.destination) }],
      probes: probes(wish, settings),
      interval: `${wish.intervalSeconds}s`,
      duration: `${wish.durationSeconds}s`,
      ...(startMs === null ? {} : { schedule: { startAt: new Date(startMs).toISOString() } }),
      ...(agentIds === null ? {} : { sources: sourcesOf(agentIds) }),
    },
  };
}

function target(destination: string): { url: string } | { host: string } {
  return /^[a-z]+:\/\//i.test(destination) ? { url: destination } : { host: destination };
}

/** What the guide says of each test: ping, names, connections, handshakes, first bytes, the route and the machine. */
function probes(wish: GuideWish, settings: ProbeSettings): ProbeEntry[] {
  const isPlain = /^http:\/\//i.test(wish.destination);
  return [
    { icmp: icmpOptions(wish.intervalSeconds * 1_000, settings) },
    { dns: {} },
    { tcp: {} },
    ...(isPlain ? [] : [{ tls: {} }]),
    { http: httpOptions(settings) },
    { trace: traceOptions(wish, settings) },
    { host: {} },
  ];
}

/** Two requests, as `connection_reuse_ratio` asks whether the second one needs another connection. */
function httpOptions({ pageBytes }: ProbeSettings): { requests: number; maxBodyBytes?: number } {
  return { requests: 2, ...(pageBytes === null ? {} : { maxBodyBytes: pageBytes }) };
}

/** PING_TIMEOUT as far as the interval leaves room for it: a slot ends within its period. */
function icmpOptions(
  periodMs: number,
  { pingCount, pingTimeoutSeconds }: ProbeSettings,
): { count?: number; timeout?: string } {
  const given = pingCount === null ? {} : { count: pingCount };
  if (pingTimeoutSeconds === null) return given;
  const { count } = icmpSettings(given, periodMs);
  const leftMs = periodMs - (count - 1) * ICMP_SPACING_MS;
  return {
    ...given,
    timeout: `${Math.max(LEAST_TIMEOUT_MS, Math.min(pingTimeoutSeconds * 1_000, leftMs))}ms`,
  };
}

const LEAST_TIMEOUT_MS = 10;
const MOST_TIMEOUT_MS = 10_000;

/** TRACEROUTE_TIMEOUT is for the whole trace, `timeout` for the last answers once all packets are sent. */
function traceOptions(
  { intervalSeconds, durationSeconds }: GuideWish,
  { traceTimeoutSeconds }: ProbeSettings,
): { every?: string; timeout?: string } {
  // Also a test that is over within a minute has a trace.
  const periodMs = Math.max(intervalSeconds * 1_000, Math.min(TRACE_PERIOD_MS, durationSeconds * 1_000));
  const every = periodMs < TRACE_PERIOD_MS ? { every: `${periodMs / 1_000}s` } : {};
  if (traceTimeoutSeconds === null) return every;
  const { maxHops, count, spacingMs } = traceSettings({}, periodMs);
  const leftMs = Math.min(traceTimeoutSeconds * 1_000, periodMs) - maxHops * count * spacingMs;
  return { ...every, timeout: `${Math.max(LEAST_TIMEOUT_MS, Math.min(leftMs, MOST_TIMEOUT_MS))}ms` };
}

/** Nobody has the id `none`: where scripts alone take part, no agent measures. */
function sourcesOf(agentIds: readonly string[]): Sources {
  const values = agentIds.length === 0 ? ['none'] : [...agentIds];
  return { agents: { matchExpressions: [{ key: AGENT_ID_LABEL, operator: 'In', values }] } };
}

const LONGEST_NAME = 63;

/** A name of ours that is like the given one and not taken. */
export function freeName(given: string, taken: ReadonlySet<string>): string {
  const slug =
    given
      .normalize('NFKD')
      // What is left of an accent.
      .replaceAll(/\p{M}+/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'test';
  for (let n = 1; ; n++) {
    const suffix = n === 1 ? '' : `-${n}`;
    const name = `${slug.slice(0, LONGEST_NAME - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (!taken.has(name)) return name;
  }
}

/** The name by which scripts know a test. */
export function guideName({ metadata }: StreamTest): string {
  return metadata.annotations?.[GUIDE_NAME_ANNOTATION] ?? metadata.name;
}
