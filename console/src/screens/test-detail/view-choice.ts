import type { TestDetail } from '@streamswarm/contract/wire/views';
import { readOff } from './agents-off.ts';

export const TABS = ['results', 'paths', 'system', 'spec', 'events'] as const;
export type Tab = (typeof TABS)[number];

/** What of a test is looked at: all of it stands in the address. */
export interface ViewChoice {
  readonly tab: Tab;
  /** Null for all destinations together. */
  readonly destination: string | null;
  readonly probe: string | null;
  readonly metric: string | null;
  /** What stays apart in the small charts. */
  readonly apart: Apart;
  /** Of a mesh, the pairs of this agent alone. */
  readonly from: string | null;
  /** Agents that are turned off: where the small charts are not by agent there are none. */
  readonly off: readonly string[];
}

export type Apart = 'agent' | 'destination' | 'pair';

/** With so many agents all pairs of a mesh still fit one screen. */
const MOST_IN_PAIRS = 5;
/** Beyond it the pairs of one agent are shown, not those of all. */
const MOST_FOR_ALL_PAIRS = 20;

/** Probes that are measured towards destinations, by name; host has a tab of its own. */
export function probesOf({ pairs }: Pick<TestDetail, 'pairs'>): string[] {
  return unique(pairs.filter((pair) => pair.applies && pair.destination !== null).map((pair) => pair.probe));
}

/** Destinations that a probe applies to. */
export function destinationsOf({ pairs }: Pick<TestDetail, 'pairs'>, probe: string | null): string[] {
  return unique(
    pairs.flatMap((pair) =>
      pair.applies && pair.destination !== null && pair.probe === probe ? [pair.destination] : [],
    ),
  );
}

/** The probe of the agent itself, where the test has one. */
export function hostProbeOf({ pairs }: Pick<TestDetail, 'pairs'>): string | null {
  return pairs.find((pair) => pair.kind === 'host')?.probe ?? null;
}

/** Trace probes by name, in the order of the test. */
export function traceProbesOf({ pairs }: Pick<TestDetail, 'pairs'>): string[] {
  return unique(pairs.filter((pair) => pair.kind === 'trace' && pair.applies).map((pair) => pair.probe));
}

/** Name of the trace probe of each destination that has one, the first where there are several. */
export function tracesOf({ pairs }: Pick<TestDetail, 'pairs'>): Map<string, string> {
  const traces = new Map<string, string>();
  for (const { kind, applies, destination, probe } of pairs) {
    if (kind === 'trace' && applies && destination !== null && !traces.has(destination))
      traces.set(destination, probe);
  }
  return traces;
}

/** What an address asks for, as far as the test has it. */
export function readChoice(
  query: URLSearchParams,
  detail: Pick<TestDetail, 'pairs'> & { readonly summary: Pick<TestDetail['summary'], 'agents'> },
): ViewChoice {
  const probes = probesOf(detail);
  const wanted = query.get('probe');
  const probe = probes.find((name) => name === wanted) ?? probes[0] ?? null;
  const destination = destinationsOf(detail, probe).find((name) => name === query.get('dest')) ?? null;
  const tab = TABS.find((name) => name === query.get('tab')) ?? 'results';
  const agents = detail.summary.agents.assigned;
  const mesh = isMesh(detail, { probe, destination });
  const from = mesh ? query.get('from') : null;
  const apart =
    from === null
      ? apartOf(query.get('by'), { mesh, agents, destinations: destinationsOf(detail, probe).length })
      : 'pair';
  return {
    tab,
    destination,
    probe,
    metric: query.get('metric'),
    apart,
    from,
    off: apart === 'agent' ? readOff(query.get('off')) : [],
  };
}

/** Whether what is looked at leads from agents to agents. */
export function isMesh(
  { pairs }: Pick<TestDetail, 'pairs'>,
  { probe, destination }: Pick<ViewChoice, 'probe' | 'destination'>,
): boolean {
  return pairs.some(
    (pair) =>
      pair.applies &&
      pair.destinationKind === 'agents' &&
      pair.probe === probe &&
      (destination === null || pair.destination === destination),
  );
}

/** What can be told apart of what is looked at. */
export interface ApartOf {
  readonly mesh: boolean;
  readonly agents: number;
  readonly destinations: number;
}

/** The ways to tell series apart that make more than one chart. */
export function apartsOf({ mesh, agents, destinations }: ApartOf): Apart[] {
  const ways: readonly (readonly [Apart, boolean])[] = [
    ['agent', agents > 1],
    ['destination', destinations > 1],
    ['pair', mesh && agents <= MOST_FOR_ALL_PAIRS],
  ];
  return ways.flatMap(([apart, isThere]) => (isThere ? [apart] : []));
}

function apartOf(wanted: string | null, of: ApartOf): Apart {
  const asked = apartsOf(of).find((apart) => apart === wanted);
  if (asked !== undefined) return asked;
  if (of.mesh && wanted === null && of.agents <= MOST_IN_PAIRS) return 'pair';
  return of.agents > 1 ? 'agent' : 'destination';
}

/** Kind of a probe of the test, by its name. */
export function kindOf({ pairs }: Pick<TestDetail, 'pairs'>, probe: string | null): string | null {
  return pairs.find((pair) => pair.probe === probe)?.kind ?? null;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
