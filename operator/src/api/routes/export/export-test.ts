import { closed, stringEnum } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import { EXPORT_FORMATS } from '../../../export/format-rows.ts';
import type { Api } from '../../api-instance.ts';
import { selectProbe } from '../../results/select-metric.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { iso, resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from '../tests/test-path.ts';
import { sendSamples } from './send-samples.ts';

const Query = Type.Object(
  {
    ...windowParameters,
    format: Type.Optional(stringEnum(EXPORT_FORMATS, 'Absent: csv. json is one array.')),
    probe: Type.Optional(
      Type.String({
        maxLength: 63,
        description: 'Name of a probe of the test, or a kind. Absent: its first.',
      }),
    ),
    agent: Type.Optional(Type.String({ maxLength: 253, description: 'Only this agent.' })),
    destination: Type.Optional(Type.String({ maxLength: 63, description: 'Only this destination.' })),
  },
  closed,
);

export function exportTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Samples of a test as a file, one row a slot, streamed',
    description:
      'Metrics have SI units, which stand in their names. A null metric has its reason in `nulls`.',
    tags: ['results'],
    params: TestPath,
    querystring: Query,
    produces: ['text/csv', 'application/json'],
    response: { 200: Type.Unknown({ description: 'The file.' }), ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/export', { schema }, async (request, reply) => {
    const { params, query } = request;
    const test = await findTest(services, params);
    const choice = selectProbe(test.manifest.spec, await services.reads.probes(test.uid), query.probe);
    const window = resolveWindow(query, await services.nowMs());
    const { agent = null, destination = null, format = 'csv' } = query;
    return sendSamples(
      services,
      {
        wish: { selection: { ...choice, testUid: test.uid, agent, destination }, window },
        format,
        words: [test.namespace, test.name, choice.probe ?? choice.kind, iso(window.toMs)],
      },
      { request, reply },
    );
  });
}
