import { TraceTimeline } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { readTimeline } from '../../results/read-traces.ts';
import type { ApiServices } from '../../services.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';
import { findTraceStream, streamParameters } from './trace-stream.ts';

export function getTestTimeline(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'The traces of one agent towards one destination, one by one',
    description: 'What each saw in short: its path, a round trip for each TTL, and where it changed.',
    tags: ['results'],
    params: TestPath,
    querystring: Type.Object({ ...windowParameters, ...streamParameters }, closed),
    response: { 200: TraceTimeline, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/paths/timeline', { schema }, async ({ params, query }) => {
    const window = resolveWindow(query, await services.nowMs());
    const stream = await findTraceStream(services, params, query);
    return await readTimeline(services.reads, { ...stream, ...window });
  });
}
