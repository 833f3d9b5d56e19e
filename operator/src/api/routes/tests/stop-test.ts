import { STOP_NOW_ANNOTATION, TestDetail } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import type { ApiServices } from '../../services.ts';
import { findTest, readDetail, testNotFound } from '../../views/read-detail.ts';
import { iso } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

export function stopTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Stop the run; the test stays and can be started again',
    tags: ['tests'],
    params: TestPath,
    response: { 200: TestDetail, ...problemResponses },
  };
  app.post('/api/v1/tests/:namespace/:name/stop', { schema }, async (request) => {
    const { namespace, name } = await findTest(services, request.params);
    const actor = actorOf(request);
    const now = iso(await services.nowMs());
    const test = await services.tests.annotate(namespace, name, { [STOP_NOW_ANNOTATION]: now });
    if (test === null) throw testNotFound(request.params);
    await services.access.audit.record({ actor, action: 'test.stop', object: `${namespace}/${name}` });
    return await readDetail(services, test);
  });
}
