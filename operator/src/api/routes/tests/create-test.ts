import { StreamTest, TestDetail } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { manifestValidator } from '../../plugins/validation.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { readDetail } from '../../views/read-detail.ts';
import { problemResponses } from '../problem-responses.ts';
import { assertPossibleHere } from './assert-possible-here.ts';

export function createTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Create a test',
    tags: ['tests'],
    consumes: ['application/json', 'application/yaml'],
    body: StreamTest,
    response: { 201: TestDetail, ...problemResponses },
  };
  app.post('/api/v1/tests', { schema, validatorCompiler: manifestValidator }, async (request, reply) => {
    assertPossibleHere(services, request.body);
    const actor = actorOf(request);
    const applied = await services.tests.apply(request.body, { mode: 'create', actor });
    if ('conflict' in applied) {
      const message = `${applied.conflict}: choose another name`;
      throw new ApiProblem(
        'test-exists',
        `${applied.conflict}. Choose another name, or change the test there is with PUT /api/v1/tests/NAMESPACE/NAME.`,
        { problems: [{ path: 'metadata.name', message, rule: 'name-taken' }] },
      );
    }
    const { namespace, name } = applied.test;
    await services.access.audit.record({ actor, action: 'test.create', object: `${namespace}/${name}` });
    reply.code(201).header('location', `/api/v1/tests/${namespace}/${name}`);
    return await readDetail(services, applied.test);
  });
}
