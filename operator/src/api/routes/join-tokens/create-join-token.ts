import {
  CreatedJoinToken,
  formatDurationMs,
  JOIN_TOKEN_MS,
  NewJoinToken,
  parseDurationMs,
} from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem, fieldProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export function createJoinToken(app: Api, { joining }: ApiServices): void {
  const schema = {
    summary: 'Create a token by which one host joins; shown this once',
    tags: ['join tokens'],
    body: NewJoinToken,
    response: { 201: CreatedJoinToken, ...problemResponses },
  };
  app.post('/api/v1/join-tokens', { schema }, async (request, reply) => {
    const { body } = request;
    const created = await joining.createToken(body, livesMs(body), actorOf(request));
    if (created === null) {
      throw new ApiProblem(
        'nobody-can-join',
        'This operator does not listen for agents over TLS: start it with --agents-host and --agents-port (in a cluster --agent-listen).',
      );
    }
    return await reply.code(201).header('cache-control', 'no-store').send(created);
  });
}

function livesMs({ expiresIn }: NewJoinToken): number {
  if (expiresIn === undefined) return JOIN_TOKEN_MS;
  const ms = parseDurationMs(expiresIn);
  if (ms === null || ms < 1_000 || ms > JOIN_TOKEN_MS) {
    const most = formatDurationMs(JOIN_TOKEN_MS);
    throw fieldProblem(
      'invalid-body',
      'expiresIn',
      `must be a duration from 1s to ${most}, such as 15m`,
      'duration',
    );
  }
  return ms;
}
