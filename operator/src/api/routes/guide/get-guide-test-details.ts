import Type from 'typebox';
import { GuideHop } from '../../../guide/guide-path.ts';
import type { Api } from '../../api-instance.ts';
import { findGuideTest, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { readTestDetails } from '../../views/guide/test-details.ts';
import { GuideTestView } from '../../views/guide/test-view.ts';
import { Progress } from './get-test-progress.ts';
import { guideErrors, guideRoute, NullReasons, TestId } from './guide-route.ts';

const time = Type.String({ description: 'ISO 8601 without zone, in UTC.' });

const Answer = Type.Object({
  test: GuideTestView,
  progress: Progress,
  clients: Type.Array(
    Type.Object({
      client_id: Type.Integer(),
      hostname: Type.String(),
      timestamp: time,
      latest: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Array(GuideHop), Type.Null()]), {
        description: 'Every field of the guide, in its unit, of the newest sample.',
      }),
      null_reasons: NullReasons,
    }),
  ),
  submitted: Type.Array(
    Type.Object({
      client_id: Type.Integer(),
      hostname: Type.String(),
      timestamp: time,
      submitted_by: Type.String(),
      fields: Type.Record(Type.String(), Type.Unknown()),
    }),
    { description: 'The newest results that scripts submitted: outside the books.' },
  ),
});
export type GuideTestDetails = Type.Static<typeof Answer>;

export function getGuideTestDetails(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'A test, how far it is, and every field as each client last measured it',
    tags: ['guide'],
    params: TestId,
    response: { 200: Answer, ...guideErrors },
  };
  app.get('/api/test/:id/details', { schema, ...guideRoute }, async ({ params }) =>
    readTestDetails(services, await findGuideTest(services, params.id), params.id),
  );
}
