import { RUN_NOW_ANNOTATION, TestDetail } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { findTest, readDetail, testNotFound } from '../../views/read-detail.ts';
import { iso } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

export function startTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Start a run now',
    tags: ['tests'],
    params: TestPath,
    response: { 200: TestDetail, ...problemResponses },
  };
  app.post('/api/v1/tests/:namespace/:name/start', { schema }, async (request) => {
    const { namespace, name, manifest } = await findTest(services, request.params);
    if (manifest.spec.suspend === true) {
      throw new ApiProblem(
        'test-suspended',
        `The test ${namespace}/${name} is suspended: resume it, which starts a run.`,
      );
    }
    const actor = actorOf(request);
    const now = iso(await services.nowMs());
    const test = await services.tests.annotate(namespace, name, { [RUN_NOW_ANNOTATION]: now });
    if (test === null) throw testNotFound(request.params);
    await services.access.audit.record({ actor, action: 'test.start', object: `${namespace}/${name}` });
    return await readDetail(services, test);
  });
}
