import { FindingList, findMetric } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

const name = (description: string) => Type.Optional(Type.String({ maxLength: 253, description }));
const DEFAULT_LIMIT = 200;

const Query = Type.Object(
  {
    namespace: name('Only tests of this namespace.'),
    test: name('Only the test of this name.'),
    open: Type.Optional(Type.Boolean({ description: 'Only limits that are broken now.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, description: `At most so many. Absent: ${DEFAULT_LIMIT}.` }),
    ),
  },
  closed,
);

export function listFindingsRoute(app: Api, { reads }: ApiServices): void {
  const schema = {
    summary: 'Limits of tests that are broken, and those that were; what is broken now first',
    tags: ['findings'],
    querystring: Query,
    response: { 200: FindingList, ...problemResponses },
  };
  app.get('/api/v1/findings', { schema }, async ({ query }) => {
    const { namespace = null, test = null, open = false, limit = DEFAULT_LIMIT } = query;
    const rows = await reads.findings({ namespace, test, open, limit });
    return {
      items: rows.map(({ kind, beganAt, endedAt, ...row }) => ({
        ...row,
        metric: `${kind}.${row.metric}`,
        unit: findMetric(kind, row.metric)?.unit ?? '',
        began: beganAt.toISOString(),
        ended: endedAt?.toISOString() ?? null,
      })),
    };
  });
}
