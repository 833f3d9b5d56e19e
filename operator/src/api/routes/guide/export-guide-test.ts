import Type from 'typebox';
import { ROW_FORMATS } from '../../../export/format-rows.ts';
import type { Api } from '../../api-instance.ts';
import { probeParameter } from '../../results/result-parameters.ts';
import { selectProbe } from '../../results/select-metric.ts';
import { findGuideTest, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { testWindow } from '../../views/guide/test-window.ts';
import { sendReport } from '../export/send-report.ts';
import { sendSamples } from '../export/send-samples.ts';
import { guideErrors, guideRoute, TestId } from './guide-route.ts';

const Query = Type.Object({ probe: probeParameter });

/** The files of /api/v1/tests/.../export, over all the time in which the test measured. */
export function exportGuideTest(app: Api, services: GuideApiServices): void {
  for (const format of ROW_FORMATS) {
    const schema = {
      summary: `Samples of a test as ${format.toUpperCase()}, in SI units`,
      tags: ['guide'],
      params: TestId,
      querystring: Query,
      response: { 200: Type.Unknown({ description: 'The file.' }), ...guideErrors },
    };
    app.get(`/api/test/:id/export/${format}`, { schema, ...guideRoute }, async (request, reply) => {
      const { params, query } = request;
      const test = await findGuideTest(services, params.id);
      const choice = selectProbe(test.manifest.spec, await services.reads.probes(test.uid), query.probe);
      const window = await testWindow(services, test);
      const selection = { ...choice, testUid: test.uid, agent: null, destination: null };
      const words = ['test', String(params.id), choice.probe ?? choice.kind];
      return sendSamples(services, { wish: { selection, window }, format, words }, { request, reply });
    });
  }
  const schema = {
    summary: 'Report of a test as PDF',
    tags: ['guide'],
    params: TestId,
    response: { 200: Type.Unknown({ description: 'The file.' }), ...guideErrors },
  };
  app.get('/api/test/:id/export/pdf', { schema, ...guideRoute }, async ({ params }, reply) => {
    const test = await findGuideTest(services, params.id);
    return await sendReport(services, { test, window: await testWindow(services, test) }, reply);
  });
}
