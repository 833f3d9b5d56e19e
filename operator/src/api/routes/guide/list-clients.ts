import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { ClientView, clientView } from '../../views/guide/client-view.ts';
import type { GuideApiServices } from '../../views/guide/find-guide.ts';
import { guideErrors, guideRoute } from './guide-route.ts';

const Answer = Type.Object({ clients: Type.Array(ClientView) });

export function listClients(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'Clients: agents, and scripts that registered',
    tags: ['guide'],
    response: { 200: Answer, ...guideErrors },
  };
  const { store, settings } = services.guide;
  app.get('/api/clients', { schema, ...guideRoute }, async () => {
    const times = { nowMs: await services.nowMs(), heartbeatSeconds: settings.heartbeatSeconds };
    return { clients: (await store.clients()).map((client) => clientView(client, times)) };
  });
}
