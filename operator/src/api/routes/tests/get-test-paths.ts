import { Paths } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type, { type Static } from 'typebox';
import type { Api } from '../../api-instance.ts';
import { readPaths } from '../../results/read-paths.ts';
import { resultParameters } from '../../results/result-parameters.ts';
import { selectTraces } from '../../results/select-trace.ts';
import type { ApiServices } from '../../services.ts';
import { findTest, type TestName } from '../../views/read-detail.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

const { agent, destination } = resultParameters;
const Query = Type.Object(
  {
    ...windowParameters,
    agent,
    destination,
    probe: Type.Optional(
      Type.String({
        maxLength: 63,
        description: 'Name of a trace probe of the test. Absent: each that it has.',
      }),
    ),
  },
  closed,
);

export function getTestPaths(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Distinct paths that the traces of a test saw, with each hop',
    tags: ['results'],
    params: TestPath,
    querystring: Query,
    response: { 200: Paths, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/paths', { schema }, (request) =>
    readTestPaths(services, request.params, request.query),
  );
}

async function readTestPaths(
  services: ApiServices,
  path: TestName,
  query: Static<typeof Query>,
): Promise<Paths> {
  const test = await findTest(services, path);
  const choice = selectTraces(test.manifest.spec, await services.reads.probes(test.uid), query.probe);
  const selection = {
    ...choice,
    testUid: test.uid,
    agent: query.agent ?? null,
    destination: query.destination ?? null,
    by: 'stream',
  } as const;
  return await readPaths(services.reads, selection, resolveWindow(query, await services.nowMs()));
}
