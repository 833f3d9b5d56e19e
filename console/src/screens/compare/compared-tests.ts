import type { PairView, TestSummary } from '@streamswarm/contract/wire/views';
import type { TestName } from '../../api/queries.ts';
import { keyOf, splitTestName } from '../../url/query-string.ts';

/** Fewer are no comparison, more do not fit one screen. */
export const LEAST = 2;
export const MOST = 8;

export interface ComparedTest {
  readonly name: TestName;
  /** The probe by which it measures what is compared; null where it does not. */
  readonly probe: string | null;
  /** Why not. */
  readonly why: string;
}

/** The tests that an address names, each once. */
export function readTests(text: string | null): TestName[] {
  const names = new Set((text ?? '').split(','));
  return [...names].flatMap((name) => splitTestName(name) ?? []).slice(0, MOST);
}

export function compareHref(tests: readonly Pick<TestSummary, 'namespace' | 'name'>[]): string {
  return `/tests/compare/?tests=${namesText(tests)}`;
}

export function namesText(tests: readonly TestName[]): string {
  return tests.map(keyOf).join(',');
}

type Pairs = readonly Pick<PairView, 'probe' | 'kind' | 'destination' | 'applies'>[];

/** Kinds of probes that are measured towards destinations, those that most of the tests have first. */
export function kindsOf(tests: readonly { readonly pairs: Pairs }[]): string[] {
  const counts = new Map<string, number>();
  for (const { pairs } of tests) {
    const kinds = new Set(pairs.flatMap((pair) => (isDrawn(pair) ? [pair.kind] : [])));
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([kind]) => kind);
}

/** Name of the probe by which a test measures a kind, the first where there are several; null where it does not. */
export function probeOfKind({ pairs }: { readonly pairs: Pairs }, kind: string): string | null {
  return pairs.find((pair) => isDrawn(pair) && pair.kind === kind)?.probe ?? null;
}

function isDrawn({ applies, destination }: Pairs[number]): boolean {
  return applies && destination !== null;
}
