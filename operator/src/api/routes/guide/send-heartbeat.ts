import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { clientNotFound, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { ClientId, guideErrors, guideRoute } from './guide-route.ts';

const Answer = Type.Object({ status: Type.Unsafe<'ok'>({ type: 'string', enum: ['ok'] }) });

export function sendHeartbeat(app: Api, { guide }: GuideApiServices): void {
  const schema = {
    summary: 'Say that a client is there',
    tags: ['guide'],
    params: ClientId,
    response: { 200: Answer, ...guideErrors },
  };
  app.post('/api/client/:id/heartbeat', { schema, ...guideRoute }, async ({ params }) => {
    if (!(await guide.store.keepAlive(params.id))) throw clientNotFound(params.id);
    return { status: 'ok' as const };
  });
}
