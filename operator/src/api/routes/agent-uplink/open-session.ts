import { SessionRequest, SessionResponse } from '@streamswarm/contract';
import { LOOPBACK_CALLER } from '../../../agents/session-gate.ts';
import type { Api } from '../../api-instance.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices, SessionResult } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export const sessionSchema = {
  summary: 'An agent says who it is',
  tags: ['agent uplink'],
  body: SessionRequest,
  response: { 200: SessionResponse, ...problemResponses },
};

/** For the loopback listener: who reaches it is on this host, and needs no more than that. */
export function openSession(app: Api, { agents }: ApiServices): void {
  app.post('/agent/v1/session', { schema: sessionSchema }, async ({ body }, reply) =>
    sessionAnswer(await agents.openSession(body, LOOPBACK_CALLER, reply.elapsedTime)),
  );
}

/** Seconds after which an agent that is not let in now may ask again. */
const AGAIN_SECONDS = '5';

export function sessionAnswer(result: SessionResult): SessionResponse {
  switch (result.kind) {
    case 'opened':
      return result.session;
    case 'forbidden':
      throw new ApiProblem('identity-refused', result.detail);
    case 'revoked':
      throw new ApiProblem('identity-revoked', result.detail);
    case 'superseded':
      throw new ApiProblem('identity-superseded', result.detail, {
        headers: { 'retry-after': AGAIN_SECONDS },
      });
  }
}
