import type { FastifyRequest } from 'fastify';
import type { AgentSession } from '../../../agents/live-sessions.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { AgentServices } from '../../services.ts';

const identified = new WeakMap<FastifyRequest, AgentSession>();

/** A hook that lets only agents with a session in; it runs before the body is read. */
export function requireAgent({ authenticate }: Pick<AgentServices, 'authenticate'>) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = /^Bearer ([^\s]+)$/.exec(request.headers.authorization ?? '')?.[1];
    const session = token === undefined ? null : await authenticate(token);
    if (session === null) {
      throw new ApiProblem(
        'unauthenticated',
        'The bearer token is missing or unknown: open a session with POST /agent/v1/session and send its token.',
        { headers: { 'www-authenticate': 'Bearer' } },
      );
    }
    identified.set(request, session);
  };
}

/** The session that a request was let in for. */
export function sessionOf(request: FastifyRequest): AgentSession {
  const session = identified.get(request);
  if (session === undefined) throw new Error('a route of agents does not ask who they are');
  return session;
}
