import { Results } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type, { type Static } from 'typebox';
import type { Api } from '../../api-instance.ts';
import { readResults } from '../../results/read-results.ts';
import {
  agentsWithout,
  probeParameter,
  resultParameters,
  stepWish,
} from '../../results/result-parameters.ts';
import { selectMetric, selectProbe } from '../../results/select-metric.ts';
import type { ApiServices } from '../../services.ts';
import { findTest, type TestName } from '../../views/read-detail.ts';
import { resolveWindow } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

const Query = Type.Object({ ...resultParameters, probe: probeParameter }, closed);

export function getTestResults(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Results of a test as series',
    tags: ['results'],
    params: TestPath,
    querystring: Query,
    response: { 200: Results, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/results', { schema }, (request) =>
    readTestResults(services, request.params, request.query),
  );
}

async function readTestResults(
  services: ApiServices,
  path: TestName,
  query: Static<typeof Query>,
): Promise<Results> {
  const test = await findTest(services, path);
  const past = await services.reads.probes(test.uid);
  const choice = selectProbe(test.manifest.spec, past, query.probe);
  return await readResults(services.reads, {
    selection: {
      ...choice,
      testUid: test.uid,
      agent: query.agent ?? null,
      without: agentsWithout(query),
      destination: query.destination ?? null,
      by: query.by ?? 'none',
    },
    metric: selectMetric(choice.kind, query.metric),
    window: resolveWindow(query, await services.nowMs()),
    ...stepWish(query),
  });
}
