import { Readable } from 'node:stream';
import type { PlanLine } from '@streamswarm/contract';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { requireAgent, sessionOf } from './require-agent.ts';

export function streamPlan(app: Api, { agents }: Pick<ApiServices, 'agents'>): void {
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const controller of open) controller.abort();
  });
  const schema = {
    summary: 'The plan of an agent and its changes, one JSON object a line',
    tags: ['agent uplink'],
    produces: ['application/x-ndjson'],
    response: { 200: Type.Unsafe<Readable>({ type: 'string' }), ...problemResponses },
  };
  const options = { schema, exposeHeadRoute: false, onRequest: requireAgent(agents) };
  app.get('/agent/v1/plan', options, async (request, reply) => {
    const controller = new AbortController();
    open.add(controller);
    reply.raw.once('close', () => {
      controller.abort();
      open.delete(controller);
    });
    const lines = Readable.from(jsonLines(agents.planLines(sessionOf(request), controller.signal)));
    return reply.header('cache-control', 'no-store').type('application/x-ndjson').send(lines);
  });
}

async function* jsonLines(lines: AsyncIterable<PlanLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
