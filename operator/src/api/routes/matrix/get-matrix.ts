import { isProbeName, Matrix, PROBE_NAMES } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type, { type Static } from 'typebox';
import type { Api } from '../../api-instance.ts';
import { fieldProblem } from '../../problems/api-problem.ts';
import { readMatrix } from '../../results/read-matrix.ts';
import { resultParameters } from '../../results/result-parameters.ts';
import { type ProbeChoice, selectMetric, selectProbe } from '../../results/select-metric.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';

const { metric, agent, destination } = resultParameters;

const Query = Type.Object(
  {
    ...windowParameters,
    metric,
    agent,
    destination,
    test: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9.-]{1,63}/[a-z0-9.-]{1,253}$',
        description: 'NAMESPACE/NAME. Absent: all tests together.',
      }),
    ),
    probe: Type.Optional(
      Type.String({
        maxLength: 63,
        description: 'Name of a probe of the test, or a kind. Absent: its first, or icmp.',
      }),
    ),
  },
  closed,
);
type Query = Static<typeof Query>;

export function getMatrix(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Every source against every destination, each over the whole window',
    tags: ['results'],
    querystring: Query,
    response: { 200: Matrix, ...problemResponses },
  };
  app.get('/api/v1/matrix', { schema }, async ({ query }) => {
    const { testUid, kind, probe } = await choose(services, query);
    return await readMatrix(services.reads, {
      selection: {
        testUid,
        kind,
        probe,
        agent: query.agent ?? null,
        destination: query.destination ?? null,
      },
      metric: selectMetric(kind, query.metric),
      window: resolveWindow(query, await services.nowMs()),
    });
  });
}

async function choose(
  services: ApiServices,
  { test, probe }: Query,
): Promise<ProbeChoice & { readonly testUid: string | null }> {
  if (test === undefined) {
    const kind = probe ?? 'icmp';
    if (isProbeName(kind)) return { testUid: null, kind, probe: null };
    throw fieldProblem('unknown-probe', 'probe', `must be one of ${PROBE_NAMES.join(', ')}`, 'probe');
  }
  const [namespace = '', name = ''] = test.split('/');
  const { uid, manifest } = await findTest(services, { namespace, name });
  return { testUid: uid, ...selectProbe(manifest.spec, await services.reads.probes(uid), probe) };
}
