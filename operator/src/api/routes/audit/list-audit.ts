import { AuditPage } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

const DEFAULT_LIMIT = 100;
const only = (what: string) => Type.Optional(Type.String({ maxLength: 253, description: `Only ${what}.` }));
const Query = Type.Object(
  {
    before: Type.Optional(Type.Integer({ minimum: 1, description: '`next` of the page before.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, description: `Absent: ${DEFAULT_LIMIT}.` }),
    ),
    actor: only('what this one did'),
    action: only('this action'),
    object: only('what was done to this'),
  },
  closed,
);

export function listAudit(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Who did what, newest first',
    tags: ['access'],
    querystring: Query,
    response: { 200: AuditPage, ...problemResponses },
  };
  app.get('/api/v1/audit', { schema }, async ({ query }) => {
    const { limit = DEFAULT_LIMIT } = query;
    const rows = await access.audit.list({ ...query, limit });
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: last?.id ?? null };
  });
}
