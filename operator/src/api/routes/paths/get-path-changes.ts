import { PathChanges } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type, { type Static } from 'typebox';
import type { Api } from '../../api-instance.ts';
import { fieldProblem } from '../../problems/api-problem.ts';
import { readPathChanges } from '../../results/read-path-changes.ts';
import { selectTraces } from '../../results/select-trace.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';

/** Every trace of the time is compared with the one before it. */
const MOST_MS = 86_400_000;

const Query = Type.Object(
  {
    ...windowParameters,
    test: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9.-]{1,63}/[a-z0-9.-]{1,253}$',
        description: 'NAMESPACE/NAME. Absent: all tests together.',
      }),
    ),
    probe: Type.Optional(
      Type.String({ maxLength: 63, description: 'Name of a trace probe of the test. Absent: each.' }),
    ),
    destination: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 520,
        description: 'Only this destination; in a mesh also name/far agent.',
      }),
    ),
  },
  closed,
);
type Query = Static<typeof Query>;

export function getPathChanges(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Streams of traces whose path changed, in at most a day',
    tags: ['results'],
    querystring: Query,
    response: { 200: PathChanges, ...problemResponses },
  };
  app.get('/api/v1/path-changes', { schema }, async ({ query }) => {
    const window = resolveWindow(query, await services.nowMs());
    if (window.toMs - window.fromMs > MOST_MS)
      throw fieldProblem('invalid-query', 'range', 'may be at most a day', 'window');
    const selection = {
      ...(await choose(services, query)),
      agent: null,
      destination: query.destination ?? null,
      by: 'stream',
    } as const;
    return await readPathChanges(services.reads, selection, window);
  });
}

async function choose(services: ApiServices, { test, probe }: Query) {
  if (test === undefined) return { testUid: null, kind: 'trace', probe: probe ?? null } as const;
  const [namespace = '', name = ''] = test.split('/');
  const { uid, manifest } = await findTest(services, { namespace, name });
  return { testUid: uid, ...selectTraces(manifest.spec, await services.reads.probes(uid), probe) };
}
