import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export function revokeAgent(app: Api, { joining }: ApiServices): void {
  const schema = {
    summary: 'Take away the right of a host to measure here; what it measured stays',
    tags: ['agents'],
    params: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 253, description: 'Name or id of the agent.' }),
    }),
    response: { 204: Type.Null(), ...problemResponses },
  };
  app.post('/api/v1/agents/:name/revoke', { schema }, async (request, reply) => {
    const { name } = request.params;
    const result = await joining.revokeAgent(name, actorOf(request));
    if (result.kind === 'unknown') {
      throw new ApiProblem(
        'agent-not-found',
        `There is no agent ${name}. GET /api/v1/agents lists those there are.`,
      );
    }
    if (result.kind === 'node') {
      throw new ApiProblem(
        'agent-of-node',
        `${name} measures for a node of the cluster: suspend its StreamAgent, or take the node out of the DaemonSet.`,
      );
    }
    return await reply.code(204).send(null);
  });
}
