import type { AgentRecord } from './agent-record.ts';

/** Every agent has it, with its proven id: so that a test can choose agents one by one. */
export const AGENT_ID_LABEL = 'streamswarm.dev/agent-id';

/** The labels that selectors meet. */
export function agentLabels({ labels, id }: Pick<AgentRecord, 'labels' | 'id'>): Record<string, string> {
  return { ...labels, [AGENT_ID_LABEL]: id };
}
