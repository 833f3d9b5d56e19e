import { closed, stringEnum } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import { ROW_FORMATS } from '../../../export/format-rows.ts';
import { PDF_TYPE } from '../../../export/report/write-report.ts';
import type { Api } from '../../api-instance.ts';
import { fieldProblem } from '../../problems/api-problem.ts';
import { probeParameter } from '../../results/result-parameters.ts';
import { selectProbe } from '../../results/select-metric.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { iso, resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from '../tests/test-path.ts';
import { sendReport } from './send-report.ts';
import { sendSamples } from './send-samples.ts';

const FORMATS = [...ROW_FORMATS, 'pdf'] as const;

const Query = Type.Object(
  {
    ...windowParameters,
    format: Type.Optional(
      stringEnum(FORMATS, 'Absent: csv. json is one array; pdf a report of the whole test with charts.'),
    ),
    probe: probeParameter,
    agent: Type.Optional(Type.String({ maxLength: 253, description: 'Only this agent.' })),
    destination: Type.Optional(Type.String({ maxLength: 63, description: 'Only this destination.' })),
  },
  closed,
);

export function exportTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Samples of a test as a file, one row a slot, streamed; or a report as PDF',
    description:
      'Metrics have SI units, which stand in their names. A null metric has its reason in `nulls`. A report is of all probes, agents and destinations: it takes from, to and range alone.',
    tags: ['results'],
    params: TestPath,
    querystring: Query,
    produces: ['text/csv', 'application/json', PDF_TYPE],
    response: { 200: Type.Unknown({ description: 'The file.' }), ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/export', { schema }, async (request, reply) => {
    const { params, query } = request;
    const test = await findTest(services, params);
    const window = resolveWindow(query, await services.nowMs());
    const { agent = null, destination = null, format = 'csv' } = query;
    if (format === 'pdf') {
      assertWhole(query);
      return await sendReport(services, { test, window }, reply);
    }
    const choice = selectProbe(test.manifest.spec, await services.reads.probes(test.uid), query.probe);
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

/** What a report would not keep to is refused. */
function assertWhole(query: Type.Static<typeof Query>): void {
  for (const name of ['probe', 'agent', 'destination'] as const) {
    if (query[name] === undefined) continue;
    throw fieldProblem(
      'invalid-query',
      name,
      'cannot stand beside format=pdf: a report is of the whole test',
      'format',
    );
  }
}
