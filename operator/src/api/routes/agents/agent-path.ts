import Type from 'typebox';
import type { AgentRow } from '../../../store/queries/agents.ts';
import type { Reads } from '../../../store/queries/reads.ts';
import { ApiProblem } from '../../problems/api-problem.ts';

export const AgentPath = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 253, description: 'Name of the agent.' }),
});

/** An agent, also one whose node or host was taken away. */
export async function findAgent(reads: Reads, name: string): Promise<AgentRow> {
  const [agent] = await reads.agents({ gone: true, name });
  if (agent !== undefined) return agent;
  throw new ApiProblem(
    'agent-not-found',
    `There is no agent ${name}. GET /api/v1/agents lists those there are.`,
  );
}
