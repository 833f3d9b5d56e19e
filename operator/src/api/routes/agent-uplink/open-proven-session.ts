import type { FastifyRequest } from 'fastify';
import type { Admission, Caller, SessionGate } from '../../../agents/session-gate.ts';
import type { Api } from '../../api-instance.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { sessionAnswer, sessionSchema } from './open-session.ts';

/** For listeners that others can reach: who asks must prove it, before the body is read. */
export function openProvenSession(
  app: Api,
  { agents }: Pick<ApiServices, 'agents'>,
  gate: SessionGate,
): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    callers.set(request, callerOf(await gate(request.headers.authorization)));
  };
  app.post('/agent/v1/session', { schema: sessionSchema, onRequest }, async (request, reply) => {
    const caller = callers.get(request);
    if (caller === undefined) throw new Error('a session is opened by nobody');
    return sessionAnswer(await agents.openSession(request.body, caller, reply.elapsedTime));
  });
}

function callerOf(admission: Admission): Caller {
  switch (admission.kind) {
    case 'admitted':
      return admission.caller;
    case 'unauthenticated':
      throw new ApiProblem('unauthenticated', admission.detail, {
        headers: { 'www-authenticate': 'Bearer' },
      });
    case 'forbidden':
      throw new ApiProblem('identity-refused', admission.detail);
    case 'revoked':
      throw new ApiProblem('identity-revoked', admission.detail);
    case 'unavailable':
      throw new ApiProblem('identity-unchecked', admission.detail, { headers: { 'retry-after': '2' } });
  }
}
