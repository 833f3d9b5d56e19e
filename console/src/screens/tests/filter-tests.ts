import type { TestSummary } from '@streamswarm/contract/wire/views';
import { type StateTab, TEST_STATE_ORDER } from './state-tabs.ts';
import { isLimited, isWrong } from './test-state.ts';

export interface TestFilter {
  readonly q: string;
  readonly tab: StateTab;
}

/** The tests that a filter leaves, what is wrong first, then what has a problem, then by state and name. */
export function filterTests(tests: readonly TestSummary[], { q, tab }: TestFilter): TestSummary[] {
  return tests
    .filter((test) => matchesText(test, q) && matchesTab(test, tab))
    .sort(
      (a, b) =>
        Number(isWrong(b)) - Number(isWrong(a)) ||
        Number(isLimited(b)) - Number(isLimited(a)) ||
        TEST_STATE_ORDER.indexOf(a.state) - TEST_STATE_ORDER.indexOf(b.state) ||
        fullName(a).localeCompare(fullName(b)),
    );
}

/** How many tests each tab holds, after the text filter. */
export function countTabs(
  tests: readonly TestSummary[],
  q: string,
  tabs: readonly StateTab[],
): Map<StateTab, number> {
  const left = tests.filter((test) => matchesText(test, q));
  return new Map(tabs.map((tab) => [tab, left.filter((test) => matchesTab(test, tab)).length]));
}

export function matchesTab(test: TestSummary, tab: StateTab): boolean {
  return tab === 'All' || (tab === 'Wrong' ? isWrong(test) : test.state === tab);
}

/** Words are joined by "and"; `!word` must not be there. Each is looked for in name, description, destinations, probes and the reasons of problems. */
export function matchesText(test: TestSummary, q: string): boolean {
  const text = [
    fullName(test),
    test.description ?? '',
    ...test.destinations,
    ...test.probes,
    ...test.problems.map(({ reason }) => reason),
  ]
    .join('\n')
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '!')
    .every((word) => (word.startsWith('!') ? !text.includes(word.slice(1)) : text.includes(word)));
}

function fullName({ namespace, name }: TestSummary): string {
  return `${namespace}/${name}`;
}
