import type { TestDetail } from '@streamswarm/contract/wire/views';

export const TABS = ['results', 'system', 'spec', 'events'] as const;
export type Tab = (typeof TABS)[number];

/** What of a test is looked at: all of it stands in the address. */
export interface ViewChoice {
  readonly tab: Tab;
  /** Null for all destinations together. */
  readonly destination: string | null;
  readonly probe: string | null;
  readonly metric: string | null;
}

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

/** What an address asks for, as far as the test has it. */
export function readChoice(query: URLSearchParams, detail: Pick<TestDetail, 'pairs'>): ViewChoice {
  const probes = probesOf(detail);
  const wanted = query.get('probe');
  const probe = probes.find((name) => name === wanted) ?? probes[0] ?? null;
  const destination = destinationsOf(detail, probe).find((name) => name === query.get('dest')) ?? null;
  const tab = TABS.find((name) => name === query.get('tab')) ?? 'results';
  return { tab, destination, probe, metric: query.get('metric') };
}

/** Kind of a probe of the test, by its name. */
export function kindOf({ pairs }: Pick<TestDetail, 'pairs'>, probe: string | null): string | null {
  return pairs.find((pair) => pair.probe === probe)?.kind ?? null;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
