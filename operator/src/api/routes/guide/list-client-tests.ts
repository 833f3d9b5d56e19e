import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { findGuideClient, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { GuideTestView, guideTestViews } from '../../views/guide/test-view.ts';
import { ClientId, guideErrors, guideRoute } from './guide-route.ts';

const Answer = Type.Object({ tests: Type.Array(GuideTestView) });

export function listClientTests(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'Tests that a client takes part in now: those that run, and those that a script still waits for',
    tags: ['guide'],
    params: ClientId,
    response: { 200: Answer, ...guideErrors },
  };
  app.get('/api/client/:id/tests', { schema, ...guideRoute }, async ({ params }) => {
    const client = await findGuideClient(services, params.id);
    const uids = new Set(await services.guide.store.testsOfClient(client.id));
    const stored = (await services.tests.list()).filter(
      (test) => uids.has(test.uid) && test.deletedMs === null,
    );
    const views = await guideTestViews(services, stored);
    return { tests: views.filter(({ status }) => status === 'running' || status === 'pending') };
  });
}
