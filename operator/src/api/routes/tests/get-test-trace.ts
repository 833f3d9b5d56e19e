import { Trace } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import { readTrace } from '../../results/read-traces.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';
import { findTraceStream, streamParameters } from './trace-stream.ts';

const at = Type.String({
  maxLength: 40,
  format: 'rfc3339',
  description: 'When the trace was due, as the timeline names it: RFC 3339 with a zone.',
});

export function getTestTrace(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'One trace with each of its hops',
    tags: ['results'],
    params: TestPath,
    querystring: Type.Object({ ...streamParameters, at }, closed),
    response: { 200: Trace, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/paths/trace', { schema }, async ({ params, query }) => {
    const stream = await findTraceStream(services, params, query);
    const trace = await readTrace(services.reads, { ...stream, fromMs: Date.parse(query.at) });
    if (trace === null) {
      throw new ApiProblem(
        'trace-not-found',
        `No trace of ${stream.agent} towards ${stream.destination} was due at ${query.at}, or it is kept no longer.`,
      );
    }
    return trace;
  });
}
