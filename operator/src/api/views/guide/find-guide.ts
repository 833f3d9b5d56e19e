import type { GuideClient } from '../../../store/queries/guide/clients.ts';
import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices, GuideServices } from '../../services.ts';

/** The services of an operator whose guide API is on. */
export type GuideApiServices = ApiServices & { readonly guide: GuideServices };

/** The test of a number; throws test-not-found. */
export async function findGuideTest({ guide, tests }: GuideApiServices, id: number): Promise<StoredTest> {
  const named = await guide.store.test(id);
  const test = named === null ? null : await tests.get(named.namespace, named.name);
  // A deleted test keeps its number; one of the same name that came later has another.
  if (test === null || test.deletedMs !== null || test.uid !== named?.uid) throw testNotFound(id);
  return test;
}

export async function findGuideClient({ guide }: GuideApiServices, id: number): Promise<GuideClient> {
  const client = await guide.store.client(id);
  if (client === null) throw clientNotFound(id);
  return client;
}

export function clientNotFound(id: number): ApiProblem {
  return new ApiProblem(
    'client-not-found',
    `There is no client ${id}. GET /api/clients lists those there are.`,
  );
}

function testNotFound(id: number): ApiProblem {
  return new ApiProblem(
    'test-not-found',
    `There is no test ${id}. It may have been deleted; GET /api/tests lists those there are.`,
  );
}
