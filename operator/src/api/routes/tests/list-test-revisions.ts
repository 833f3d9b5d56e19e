import { PlanRevision } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { revisionView } from '../../views/revision-view.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

const DEFAULT_LIMIT = 10_000;
const Query = Type.Object(
  {
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only spans with a greater id.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: DEFAULT_LIMIT, description: `Absent: ${DEFAULT_LIMIT}.` }),
    ),
  },
  closed,
);

export function listTestRevisions(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Which streams the plan of a test opened and closed, and when',
    description: 'The slots that are scheduled follow from these alone.',
    tags: ['tests'],
    params: TestPath,
    querystring: Query,
    response: { 200: Type.Object({ items: Type.Array(PlanRevision) }), ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/revisions', { schema }, async ({ params, query }) => {
    const { uid } = await findTest(services, params);
    const { after = 0, limit = DEFAULT_LIMIT } = query;
    return { items: (await services.reads.revisions(uid, { after, limit })).map(revisionView) };
  });
}
