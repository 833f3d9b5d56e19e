import { AgentView } from '@streamswarm/contract';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { agentView } from '../../views/agent-view.ts';
import { problemResponses } from '../problem-responses.ts';

export function getAgent(app: Api, { reads }: ApiServices): void {
  const schema = {
    summary: 'One agent, also one whose node or host was taken away',
    tags: ['agents'],
    params: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 253, description: 'Name of the agent.' }),
    }),
    response: { 200: AgentView, ...problemResponses },
  };
  app.get('/api/v1/agents/:name', { schema }, async ({ params }) => {
    const [agent] = await reads.agents({ gone: true, name: params.name });
    if (agent === undefined) throw agentNotFound(params.name);
    return agentView(agent);
  });
}

function agentNotFound(name: string): ApiProblem {
  return new ApiProblem(
    'agent-not-found',
    `There is no agent ${name}. GET /api/v1/agents lists those there are.`,
  );
}
