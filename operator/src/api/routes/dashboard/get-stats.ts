import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { readStats } from '../../views/dashboard-stats.ts';
import type { GuideApiServices } from '../../views/guide/find-guide.ts';
import { guideErrors, guideRoute } from '../guide/guide-route.ts';

const Stats = Type.Object({
  total_clients: Type.Integer(),
  online_clients: Type.Integer(),
  total_tests: Type.Integer(),
  active_tests: Type.Integer(),
  recent_activity: Type.Array(
    Type.Object({
      timestamp: Type.String({ description: 'ISO 8601 without zone, in UTC.' }),
      client_name: Type.String(),
      test_name: Type.String(),
      ping_latency: Type.Union([Type.Number(), Type.Null()], {
        description:
          'Mean round trip in milliseconds; null where no reply came back or the test has no icmp.',
      }),
      submitted: Type.Boolean({ description: 'A script measured it: outside the books.' }),
    }),
    { maxItems: 10 },
  ),
});
export type Stats = Type.Static<typeof Stats>;

export function getStats(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'Clients, tests and recent activity, in the shape and units of the usage guide',
    tags: ['guide'],
    response: { 200: Stats, ...guideErrors },
  };
  app.get('/api/dashboard/stats', { schema, ...guideRoute }, () => readStats(services));
}
