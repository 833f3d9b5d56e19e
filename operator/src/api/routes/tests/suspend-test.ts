import { TestDetail } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import type { ApiServices } from '../../services.ts';
import { readDetail, testNotFound } from '../../views/read-detail.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

export function suspendTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'No run starts from now on, and the current one stops',
    tags: ['tests'],
    params: TestPath,
    response: { 200: TestDetail, ...problemResponses },
  };
  app.post('/api/v1/tests/:namespace/:name/suspend', { schema }, async (request) => {
    const { namespace, name } = request.params;
    const actor = actorOf(request);
    const test = await services.tests.setSuspend(namespace, name, true, actor);
    if (test === null) throw testNotFound(request.params);
    await services.access.audit.record({ actor, action: 'test.suspend', object: `${namespace}/${name}` });
    return await readDetail(services, test);
  });
}
