import { JoinTokenView } from '@streamswarm/contract';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export function listJoinTokens(app: Api, { joining }: ApiServices): void {
  const schema = {
    summary: 'Join tokens of the last 30 days, newest first; never the tokens themselves',
    tags: ['join tokens'],
    response: { 200: Type.Object({ items: Type.Array(JoinTokenView) }), ...problemResponses },
  };
  app.get('/api/v1/join-tokens', { schema }, async () => ({
    items: (await joining.listTokens()).map((token) => ({
      ...token,
      createdAt: token.createdAt.toISOString(),
      expiresAt: token.expiresAt.toISOString(),
      usedAt: token.usedAt?.toISOString() ?? null,
    })),
  }));
}
