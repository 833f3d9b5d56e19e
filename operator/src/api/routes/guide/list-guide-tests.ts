import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { GuideApiServices } from '../../views/guide/find-guide.ts';
import { GuideTestView, guideTestViews } from '../../views/guide/test-view.ts';
import { guideErrors, guideRoute } from './guide-route.ts';

const Answer = Type.Object({ tests: Type.Array(GuideTestView) });

export function listGuideTests(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'Every test, by its number',
    tags: ['guide'],
    response: { 200: Answer, ...guideErrors },
  };
  app.get('/api/tests', { schema, ...guideRoute }, async () => {
    const stored = (await services.tests.list()).filter(({ deletedMs }) => deletedMs === null);
    const tests = await guideTestViews(services, stored);
    return { tests: tests.sort((a, b) => a.id - b.id) };
  });
}
