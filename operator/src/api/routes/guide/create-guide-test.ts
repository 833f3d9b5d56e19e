import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import type { GuideApiServices } from '../../views/guide/find-guide.ts';
import { makeGuideTest } from '../../views/guide/make-test.ts';
import { guideErrors, guideRoute } from './guide-route.ts';

const Body = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 253, description: 'Any text.' }),
  destination: Type.String({
    minLength: 1,
    maxLength: 2_048,
    description: 'Host name, address, or a whole http or https URL.',
  }),
  description: Type.Optional(Type.String({ maxLength: 1_024 })),
  scheduled_time: Type.Optional(
    Type.String({ maxLength: 40, description: 'ISO 8601, UTC without a zone. Absent or past: now.' }),
  ),
  duration: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 31_536_000, description: 'Seconds. Absent: DEFAULT_TEST_DURATION.' }),
  ),
  interval: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 86_400, description: 'Seconds. Absent: DEFAULT_TEST_INTERVAL.' }),
  ),
  client_ids: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), {
      maxItems: 1_000,
      description: 'Who measures. Absent or empty: every agent.',
    }),
  ),
});
export type CreateBody = Type.Static<typeof Body>;

const Answer = Type.Object({ status: Type.String(), test_id: Type.Integer(), message: Type.String() });

export function createGuideTest(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'Create a test of one destination; it is a StreamTest like any other',
    tags: ['guide'],
    body: Body,
    response: { 200: Answer, ...guideErrors },
  };
  app.post('/api/test/create', { schema, ...guideRoute }, async (request) => {
    const id = await makeGuideTest(services, request.body, actorOf(request));
    return { status: 'success', test_id: id, message: `Test ${request.body.name} created` };
  });
}
