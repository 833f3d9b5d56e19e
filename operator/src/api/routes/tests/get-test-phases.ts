import { SlowPhases } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { readPhases } from '../../results/read-phases.ts';
import { agentsWithout, probeParameter, resultParameters } from '../../results/result-parameters.ts';
import { selectProbe } from '../../results/select-metric.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

const { agent, without, destination } = resultParameters;
const Query = Type.Object(
  { ...windowParameters, agent, without, destination, probe: probeParameter },
  closed,
);

export function getTestPhases(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'In which phase the slow requests of each agent spend their time',
    description: 'Of the samples themselves: beyond the retention of raw samples there are none.',
    tags: ['results'],
    params: TestPath,
    querystring: Query,
    response: { 200: SlowPhases, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/phases', { schema }, async ({ params, query }) => {
    const test = await findTest(services, params);
    const choice = selectProbe(test.manifest.spec, await services.reads.probes(test.uid), query.probe);
    const selection = {
      ...choice,
      testUid: test.uid,
      agent: query.agent ?? null,
      without: agentsWithout(query),
      destination: query.destination ?? null,
      by: 'agent',
    } as const;
    return await readPhases(services.reads, selection, resolveWindow(query, await services.nowMs()));
  });
}
