import { AgentView } from '@streamswarm/contract';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { agentView } from '../../views/agent-view.ts';
import { problemResponses } from '../problem-responses.ts';

export function listAgents(app: Api, { reads }: ApiServices): void {
  const schema = {
    summary: 'Agents, what they can measure and what waits in their spools',
    tags: ['agents'],
    response: { 200: Type.Object({ items: Type.Array(AgentView) }), ...problemResponses },
  };
  app.get('/api/v1/agents', { schema }, async () => ({ items: (await reads.agents()).map(agentView) }));
}
