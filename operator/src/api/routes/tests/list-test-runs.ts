import { Run } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { runView } from '../../views/run-view.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

const DEFAULT_LIMIT = 100;

export function listTestRuns(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Runs of a test, newest first',
    tags: ['tests'],
    params: TestPath,
    querystring: Type.Object(
      {
        limit: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 1_000, description: `Absent: ${DEFAULT_LIMIT}.` }),
        ),
      },
      closed,
    ),
    response: { 200: Type.Object({ items: Type.Array(Run) }), ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/runs', { schema }, async ({ params, query }) => {
    const { uid } = await findTest(services, params);
    const nowMs = await services.nowMs();
    const runs = (await services.reads.runs([uid], query.limit ?? DEFAULT_LIMIT)).get(uid) ?? [];
    return { items: runs.map((run) => runView(run, nowMs)).reverse() };
  });
}
