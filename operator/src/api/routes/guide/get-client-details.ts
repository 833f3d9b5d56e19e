import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { readClientDetails } from '../../views/guide/client-details.ts';
import { ClientView } from '../../views/guide/client-view.ts';
import { findGuideClient, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { ClientId, guideErrors, guideRoute, NullReasons } from './guide-route.ts';

const share = Type.Union([Type.Number(), Type.Null()], { description: 'Per cent.' });
const orNull = Type.Union([Type.Number(), Type.Null()]);

const Answer = Type.Object({
  client: ClientView,
  uptime: Type.Union([Type.Number(), Type.Null()], {
    description: 'Seconds since it was first heard of, while it is online.',
  }),
  metrics: Type.Object({ cpu_percent: share, memory_percent: share, disk_percent: share }),
  test_history: Type.Array(
    Type.Object({
      timestamp: Type.String({ description: 'ISO 8601 without zone, in UTC.' }),
      test_id: Type.Integer(),
      test_name: Type.String(),
      ping_latency: orNull,
      ping_packet_loss: orNull,
      submitted: Type.Boolean({ description: 'A script measured it: outside the books.' }),
    }),
    { maxItems: 10 },
  ),
  null_reasons: NullReasons,
});
export type ClientDetails = Type.Static<typeof Answer>;

export function getClientDetails(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'A client, its machine as last measured, and its newest results',
    tags: ['guide'],
    params: ClientId,
    response: { 200: Answer, ...guideErrors },
  };
  app.get('/api/client/:id/details', { schema, ...guideRoute }, async ({ params }) =>
    readClientDetails(services, await findGuideClient(services, params.id)),
  );
}
