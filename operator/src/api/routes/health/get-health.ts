import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

const Ready = Type.Object({ ready: Type.Boolean(), why: Type.Optional(Type.String()) });

/** /healthz says that the process answers, /readyz that it can do its work. */
export function getHealth(app: Api, { isReady }: Pick<ApiServices, 'isReady'>): void {
  const healthy = {
    summary: 'The process answers',
    tags: ['health'],
    response: { 200: Type.String(), ...problemResponses },
  };
  app.get('/healthz', { schema: healthy }, async (_request, reply) => reply.type('text/plain').send('ok\n'));
  const ready = {
    summary: 'The operator can work',
    tags: ['health'],
    response: { 200: Ready, 503: Ready, '4xx': problemResponses['4xx'] },
  };
  app.get('/readyz', { schema: ready }, async (_request, reply) => {
    const state = await isReady();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
}
