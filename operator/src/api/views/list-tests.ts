import type { TestList, TestState } from '@streamswarm/contract';
import type { StoredTest } from '../../stream-tests/stream-test-store.ts';
import type { ApiServices } from '../services.ts';
import { fromFullMinute, iso, resolveWindow, type WindowQuery } from '../window/window.ts';
import { readStates } from './read-states.ts';
import { readSummaries } from './read-summaries.ts';

export const DEFAULT_PAGE = 100;

export interface TestListQuery extends WindowQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly q?: string;
  readonly state?: TestState;
  readonly namespace?: string;
}

/** One page of tests, ordered by namespace and name. The states of all are counted, whatever the page. */
export async function readTestList(services: ApiServices, query: TestListQuery): Promise<TestList> {
  const nowMs = await services.nowMs();
  const window = fromFullMinute(resolveWindow(query, nowMs));
  const found = (await services.tests.list()).filter(
    (test) => test.deletedMs === null && matches(test, query),
  );
  const { runs, standings, states } = await readStates(services, found, nowMs);
  const wanted = found
    .filter((test) => query.state === undefined || states.get(test.uid) === query.state)
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const rest = wanted.filter((test) => query.cursor === undefined || key(test) > query.cursor);
  const page = rest.slice(0, query.limit ?? DEFAULT_PAGE);
  const last = page.at(-1);
  return {
    items: await readSummaries(services, {
      tests: page,
      runs,
      standings,
      window,
      nowMs,
      filter: query.namespace === undefined ? {} : { namespace: query.namespace },
    }),
    next: last !== undefined && rest.length > page.length ? key(last) : null,
    total: wanted.length,
    counts: countStates(states.values()),
    from: iso(window.fromMs),
    to: iso(window.toMs),
  };
}

/** Place in the order of the list. A space sorts before every character of a name. */
function key({ namespace, name }: StoredTest): string {
  return `${namespace} ${name}`;
}

function matches(test: StoredTest, { q, namespace }: TestListQuery): boolean {
  if (namespace !== undefined && test.namespace !== namespace) return false;
  if (q === undefined) return true;
  const { description = '', destinations } = test.manifest.spec;
  const texts = [
    `${test.namespace}/${test.name}`,
    description,
    ...destinations.flatMap((d) => [d.name, d.host ?? d.url ?? d.service?.name ?? '']),
  ];
  return texts.some((text) => text.toLowerCase().includes(q.toLowerCase()));
}

export function countStates(states: Iterable<TestState>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
