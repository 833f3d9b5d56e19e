import { StreamTest, TestDetail } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { manifestValidator } from '../../plugins/validation.ts';
import { ApiProblem, fieldProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { readDetail, type TestName } from '../../views/read-detail.ts';
import { problemResponses } from '../problem-responses.ts';
import { assertPossibleHere } from './assert-possible-here.ts';
import { TestPath } from './test-path.ts';

/** Tells an applier what became of the manifest: created, configured or unchanged. */
export const APPLY_RESULT_HEADER = 'x-streamswarm-result';

export function applyTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Create a test or change it to this manifest',
    description: `The header ${APPLY_RESULT_HEADER} says created, configured or unchanged.`,
    tags: ['tests'],
    consumes: ['application/json', 'application/yaml'],
    params: TestPath,
    body: StreamTest,
    response: { 200: TestDetail, 201: TestDetail, ...problemResponses },
  };
  const options = { schema, validatorCompiler: manifestValidator };
  app.put('/api/v1/tests/:namespace/:name', options, async (request, reply) => {
    assertSameName(request.params, request.body);
    assertPossibleHere(services, request.body);
    const actor = actorOf(request);
    const applied = await services.tests.apply(request.body, { mode: 'apply', actor });
    if ('conflict' in applied) throw new ApiProblem('test-exists', applied.conflict);
    const { namespace, name } = request.params;
    if (applied.result !== 'unchanged') {
      const action = applied.result === 'created' ? 'test.create' : 'test.change';
      await services.access.audit.record({ actor, action, object: `${namespace}/${name}` });
    }
    reply.code(applied.result === 'created' ? 201 : 200).header(APPLY_RESULT_HEADER, applied.result);
    return await readDetail(services, applied.test);
  });
}

/** The name is the identity of a test: a manifest of another one must not replace it. */
function assertSameName({ namespace, name }: TestName, { metadata }: StreamTest): void {
  const given = { namespace: metadata.namespace ?? 'default', name: metadata.name };
  for (const [field, wanted] of [
    ['namespace', namespace],
    ['name', name],
  ] as const) {
    if (given[field] === wanted) continue;
    throw fieldProblem(
      'invalid-manifest',
      `metadata.${field}`,
      `is ${given[field]}, but the address says ${wanted}: they must be the same`,
      'same-name',
    );
  }
}
