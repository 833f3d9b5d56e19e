import { PROBE_NAMES, Results } from '@streamswarm/contract';
import { closed, stringEnum } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { readResults } from '../../results/read-results.ts';
import { agentsWithout, resultParameters, stepWish } from '../../results/result-parameters.ts';
import { selectMetric } from '../../results/select-metric.ts';
import type { ApiServices } from '../../services.ts';
import { resolveWindow } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';

const Query = Type.Object(
  { ...resultParameters, probe: Type.Optional(stringEnum(PROBE_NAMES, 'Kind of probe. Absent: icmp.')) },
  closed,
);

export function getResults(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Results of all tests together, as series',
    tags: ['results'],
    querystring: Query,
    response: { 200: Results, ...problemResponses },
  };
  app.get('/api/v1/results', { schema }, async ({ query }) => {
    const { probe: kind = 'icmp', agent = null, destination = null, by = 'agent' } = query;
    const selection = {
      testUid: null,
      kind,
      probe: null,
      agent,
      without: agentsWithout(query),
      destination,
      by,
    };
    const window = resolveWindow(query, await services.nowMs());
    return await readResults(services.reads, {
      selection,
      window,
      metric: selectMetric(kind, query.metric),
      ...stepWish(query),
    });
  });
}
