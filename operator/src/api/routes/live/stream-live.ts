import { PassThrough } from 'node:stream';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { startLiveStream } from '../../live/live-stream.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export function streamLive(app: Api, { live }: ApiServices): void {
  const open = new Set<PassThrough>();
  app.addHook('preClose', async () => {
    for (const out of open) out.end();
  });
  const schema = {
    summary: 'What changed, as server-sent events',
    description:
      'Each event is one JSON object {entity, key}: read that entity again; key null means all of it.',
    tags: ['live'],
    produces: ['text/event-stream'],
    response: { 200: Type.Unsafe<PassThrough>({ type: 'string' }), ...problemResponses },
  };
  app.get('/api/v1/live', { schema, exposeHeadRoute: false }, async (_request, reply) => {
    const out = new PassThrough();
    const stop = startLiveStream(out, live.subscribe);
    open.add(out);
    out.once('close', () => {
      stop();
      open.delete(out);
    });
    return reply
      .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .type('text/event-stream; charset=utf-8')
      .send(out);
  });
}
