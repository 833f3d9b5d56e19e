import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import type { ApiServices } from '../../services.ts';
import { testNotFound } from '../../views/read-detail.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

export function deleteTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Delete a test; its results stay',
    tags: ['tests'],
    params: TestPath,
    response: { 204: Type.Null({ description: 'Deleted.' }), ...problemResponses },
  };
  app.delete('/api/v1/tests/:namespace/:name', { schema }, async (request, reply) => {
    const { namespace, name } = request.params;
    const actor = actorOf(request);
    if (!(await services.tests.remove(namespace, name, actor))) throw testNotFound(request.params);
    await services.access.audit.record({ actor, action: 'test.delete', object: `${namespace}/${name}` });
    return reply.code(204).send(null);
  });
}
