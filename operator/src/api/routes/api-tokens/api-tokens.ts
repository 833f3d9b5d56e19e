import { ApiTokenList, CreatedApiToken, NewApiToken } from '@streamswarm/contract';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

const Path = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });
const tags = ['access'];

export function listApiTokens(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = { summary: 'API tokens', tags, response: { 200: ApiTokenList, ...problemResponses } };
  app.get('/api/v1/api-tokens', { schema }, async () => ({
    items: (await access.accounts.tokens()).map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    })),
  }));
}

export function createApiToken(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Create an API token for a script; it is shown this once',
    tags,
    body: NewApiToken,
    response: { 201: CreatedApiToken, ...problemResponses },
  };
  app.post('/api/v1/api-tokens', { schema }, async (request, reply) => {
    reply.code(201).header('cache-control', 'no-store');
    return await access.accounts.createToken(request.body, actorOf(request));
  });
}

export function deleteApiToken(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Delete an API token, which opens nothing from then on',
    tags,
    params: Path,
    response: { 204: Type.Null({ description: 'Deleted.' }), ...problemResponses },
  };
  app.delete('/api/v1/api-tokens/:id', { schema }, async (request, reply) => {
    if (!(await access.accounts.deleteToken(request.params.id, actorOf(request)))) {
      throw new ApiProblem(
        'api-token-not-found',
        'There is no API token of this id. GET /api/v1/api-tokens lists them.',
      );
    }
    return reply.code(204).send(null);
  });
}
