import type { TestDetail } from '@streamswarm/contract';
import type { StoredTest } from '../../stream-tests/stream-test-store.ts';
import { ApiProblem } from '../problems/api-problem.ts';
import type { ApiServices } from '../services.ts';
import { resolveWindow, type WindowQuery } from '../window/window.ts';
import { pairViews } from './pair-view.ts';
import { readSummaries } from './read-summaries.ts';
import { runView } from './run-view.ts';

const RUNS = 20;

export interface TestName {
  readonly namespace: string;
  readonly name: string;
}

/** The test of a path; throws test-not-found. */
export async function findTest(services: ApiServices, { namespace, name }: TestName): Promise<StoredTest> {
  const test = await services.tests.get(namespace, name);
  if (test === null || test.deletedMs !== null) throw testNotFound({ namespace, name });
  return test;
}

export function testNotFound({ namespace, name }: TestName): ApiProblem {
  return new ApiProblem(
    'test-not-found',
    `There is no test ${name} in namespace ${namespace}. It may have been deleted; GET /api/v1/tests lists those there are.`,
  );
}

/** All that a page about one test begins with. */
export async function readDetail(
  services: ApiServices,
  test: StoredTest,
  query: WindowQuery = {},
): Promise<TestDetail> {
  const nowMs = await services.nowMs();
  const { reads } = services;
  const [runs, standings] = await Promise.all([reads.runs([test.uid], RUNS), reads.standings([test.uid])]);
  const [summary] = await readSummaries(services, {
    tests: [test],
    runs,
    standings,
    window: resolveWindow(query, nowMs),
    nowMs,
    filter: { namespace: test.namespace, test: test.name },
  });
  if (summary === undefined) throw testNotFound(test);
  return {
    summary,
    manifest: test.manifest,
    pairs: pairViews(test.manifest),
    runs: (runs.get(test.uid) ?? []).map((run) => runView(run, nowMs)).reverse(),
  };
}
