import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import type { GuideApiServices } from '../../views/guide/find-guide.ts';
import { guideErrors, guideRoute } from './guide-route.ts';

const Body = Type.Object({
  hostname: Type.String({ minLength: 1, maxLength: 253, description: 'Name of the client.' }),
  ip_address: Type.String({ minLength: 1, maxLength: 253, description: 'Where it says it is.' }),
  system_info: Type.Optional(Type.Unknown({ description: 'Anything; shown as it is.' })),
});

const Answer = Type.Object({
  client_id: Type.Integer(),
  status: Type.Unsafe<'registered'>({ type: 'string', enum: ['registered'] }),
  message: Type.String(),
  heartbeat_interval: Type.Integer({ description: 'Seconds between two heartbeats.' }),
});

export function registerClient(app: Api, { guide, access }: GuideApiServices): void {
  const schema = {
    summary: 'Register a client that measures by itself; the name of an agent gives the number of that agent',
    tags: ['guide'],
    body: Body,
    response: { 200: Answer, ...guideErrors },
  };
  app.post('/api/client/register', { schema, ...guideRoute }, async (request) => {
    const { hostname, ip_address: ipAddress, system_info: systemInfo } = request.body;
    const id = await guide.store.register({ hostname, ipAddress, systemInfo });
    await access.audit.record({
      actor: actorOf(request),
      action: 'client.register',
      object: hostname,
      detail: `client ${id}`,
    });
    return {
      client_id: id,
      status: 'registered' as const,
      message: `Client ${hostname} registered`,
      heartbeat_interval: guide.settings.heartbeatSeconds,
    };
  });
}
