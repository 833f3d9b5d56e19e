import { TestDetail } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { readDetail, testNotFound } from '../../views/read-detail.ts';
import { ACTOR } from '../actor.ts';
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
    const test = await services.tests.setSuspend(namespace, name, true, ACTOR);
    if (test === null) throw testNotFound(request.params);
    return await readDetail(services, test);
  });
}
