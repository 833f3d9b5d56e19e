import { JoinRequest, JoinResponse, OperatorTime } from '@streamswarm/contract';
import Type from 'typebox';
import type { JoiningServices } from '../../../joining/joining-services.ts';
import type { Api } from '../../api-instance.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { requireAgent, sessionOf } from './require-agent.ts';

const tags = ['agent uplink'];
const MAX_JOIN_BYTES = 4_096;

/** How a host comes and goes; only where agents connect over TLS. */
export function joinRoutes(
  app: Api,
  { agents }: Pick<ApiServices, 'agents'>,
  joining: JoiningServices,
): void {
  const join = {
    summary: 'A host joins with a join token and its own key',
    tags,
    body: JoinRequest,
    response: { 200: JoinResponse, ...problemResponses },
  };
  app.post('/agent/v1/join', { schema: join, bodyLimit: MAX_JOIN_BYTES }, async (request) => {
    const result = await joining.join(request.body, request.ip);
    switch (result.kind) {
      case 'joined':
        return result.answer;
      // One answer for all: a stranger learns nothing of which tokens there are.
      case 'refused':
        throw new ApiProblem(
          'join-refused',
          'The join token is unknown, used, revoked or over (it lives an hour at most and is good once): create another on the operator.',
        );
      case 'tooMany':
        throw new ApiProblem('too-many-joins', 'Too many attempts to join. Try again later.', {
          headers: { 'retry-after': String(result.retryAfterSeconds) },
        });
    }
  });

  const time = {
    summary: "The operator's clock",
    tags,
    response: { 200: OperatorTime, ...problemResponses },
  };
  app.get('/agent/v1/time', { schema: time }, async () => ({ nowMs: await joining.nowMs() }));

  const leave = {
    summary: 'An agent leaves for good',
    tags,
    response: { 204: Type.Null(), ...problemResponses },
  };
  app.post('/agent/v1/leave', { schema: leave, onRequest: requireAgent(agents) }, async (request, reply) => {
    await joining.leave(sessionOf(request).agentId);
    return await reply.code(204).send(null);
  });
}
