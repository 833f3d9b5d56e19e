import { AgentView } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { agentView } from '../../views/agent-view.ts';
import { problemResponses } from '../problem-responses.ts';
import { AgentPath, findAgent } from './agent-path.ts';

export function getAgent(app: Api, { reads }: ApiServices): void {
  const schema = {
    summary: 'One agent, also one whose node or host was taken away',
    tags: ['agents'],
    params: AgentPath,
    response: { 200: AgentView, ...problemResponses },
  };
  app.get('/api/v1/agents/:name', { schema }, async ({ params }) => {
    return agentView(await findAgent(reads, params.name));
  });
}
