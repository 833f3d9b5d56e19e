import { SubmittedList } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

const DEFAULT_LIMIT = 20;

export function listTestSubmitted(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'What scripts submitted for a test, newest first',
    description: 'Not measured by StreamSwarm: in no books, no results and no figure of a report.',
    tags: ['results'],
    params: TestPath,
    querystring: Type.Object(
      {
        limit: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 1_000, description: `Absent: ${DEFAULT_LIMIT}.` }),
        ),
      },
      closed,
    ),
    response: { 200: SubmittedList, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/submitted', { schema }, async ({ params, query }) => {
    const { uid } = await findTest(services, params);
    const rows = await services.reads.submitted(uid, query.limit ?? DEFAULT_LIMIT);
    const items = rows.map(({ id, at, receivedAt, client, submittedBy, fields }) => ({
      id,
      at: at.toISOString(),
      receivedAt: receivedAt.toISOString(),
      client,
      submittedBy,
      fields: { ...fields },
    }));
    return { items, total: rows[0]?.total ?? 0 };
  });
}
