import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import { findGuideClient, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { ClientId, guideErrors, guideRoute } from './guide-route.ts';

const Answer = Type.Object({ status: Type.String(), message: Type.String() });

export function deleteClient(app: Api, services: GuideApiServices): void {
  const { guide, joining, access } = services;
  const schema = {
    summary: 'Take a client away: an agent loses its right to measure here. Results stay',
    tags: ['guide'],
    params: ClientId,
    response: { 200: Answer, ...guideErrors },
  };
  app.delete('/api/client/:id', { schema, ...guideRoute }, async (request) => {
    const client = await findGuideClient(services, request.params.id);
    const actor = actorOf(request);
    if (client.agentId !== null) {
      const result = await joining.revokeAgent(client.agentId, actor);
      if (result.kind === 'node') {
        throw new ApiProblem(
          'agent-of-node',
          `${client.hostname} measures for a node of the cluster: suspend its StreamAgent, or take the node out of the DaemonSet.`,
        );
      }
    }
    await guide.store.removeClient(client.id);
    await access.audit.record({
      actor,
      action: 'client.delete',
      object: client.hostname,
      detail: `client ${client.id}`,
    });
    return { status: 'success', message: `Client ${client.hostname} deleted` };
  });
}
