import { TestDetail } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { readDetail, testNotFound } from '../../views/read-detail.ts';
import { ACTOR } from '../actor.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

export function resumeTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Lift a suspension: a new run starts',
    tags: ['tests'],
    params: TestPath,
    response: { 200: TestDetail, ...problemResponses },
  };
  app.post('/api/v1/tests/:namespace/:name/resume', { schema }, async (request) => {
    const { namespace, name } = request.params;
    const test = await services.tests.setSuspend(namespace, name, false, ACTOR);
    if (test === null) throw testNotFound(request.params);
    return await readDetail(services, test);
  });
}
