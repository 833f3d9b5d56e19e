import type { Api } from '../../api-instance.ts';
import { findGuideTest, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { GuideData, readGuideData } from '../../views/guide/test-data.ts';
import { guideErrors, guideRoute, TestId } from './guide-route.ts';

export function getTestData(app: Api, services: GuideApiServices): void {
  const schema = {
    summary:
      'Series of a test by metric and client, in the units of the guide; thinned to some hundred points',
    tags: ['guide'],
    params: TestId,
    response: { 200: GuideData, ...guideErrors },
  };
  app.get('/api/test/:id/data', { schema, ...guideRoute }, async ({ params }) =>
    readGuideData(services, await findGuideTest(services, params.id), params.id),
  );
}
