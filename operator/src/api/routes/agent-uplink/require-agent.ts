import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { AgentServices } from '../../services.ts';

const identified = new WeakMap<FastifyRequest, string>();

/** A hook that lets only agents with a session in; it runs before the body is read. */
export function requireAgent({ authenticate }: AgentServices) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = /^Bearer ([^\s]+)$/.exec(request.headers.authorization ?? '')?.[1];
    const agentId = token === undefined ? null : await authenticate(token);
    if (agentId === null) {
      throw new ApiProblem(
        'unauthenticated',
        'The bearer token is missing or unknown: open a session with POST /agent/v1/session and send its token.',
        { headers: { 'www-authenticate': 'Bearer' } },
      );
    }
    identified.set(request, agentId);
  };
}

/** Id of the agent that a request was let in for. */
export function agentOf(request: FastifyRequest): string {
  const agentId = identified.get(request);
  if (agentId === undefined) throw new Error('a route of agents does not ask who they are');
  return agentId;
}
