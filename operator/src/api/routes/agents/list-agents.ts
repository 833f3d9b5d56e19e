import { AgentView } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { agentView } from '../../views/agent-view.ts';
import { problemResponses } from '../problem-responses.ts';

const Query = Type.Object(
  {
    gone: Type.Optional(
      Type.Boolean({ description: 'Also those whose node or host was taken away; their results stay.' }),
    ),
  },
  closed,
);

export function listAgents(app: Api, { reads }: ApiServices): void {
  const schema = {
    summary: 'Agents, what they can measure and what waits in their spools',
    tags: ['agents'],
    querystring: Query,
    response: { 200: Type.Object({ items: Type.Array(AgentView) }), ...problemResponses },
  };
  app.get('/api/v1/agents', { schema }, async ({ query }) => ({
    items: (await reads.agents({ gone: query.gone === true })).map(agentView),
  }));
}
