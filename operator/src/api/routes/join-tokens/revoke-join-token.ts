import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export function revokeJoinTokenRoute(app: Api, { joining }: ApiServices): void {
  const schema = {
    summary: 'Make an unused join token worthless; a host that has joined by one is revoked as an agent',
    tags: ['join tokens'],
    params: Type.Object({
      id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
    }),
    response: { 204: Type.Null(), ...problemResponses },
  };
  app.delete('/api/v1/join-tokens/:id', { schema }, async (request, reply) => {
    const { id } = request.params;
    if (!(await joining.revokeToken(id, actorOf(request)))) {
      throw new ApiProblem(
        'join-token-not-found',
        `There is no unused join token ${id}: GET /api/v1/join-tokens lists them.`,
      );
    }
    return await reply.code(204).send(null);
  });
}
