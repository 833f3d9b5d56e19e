import type { Sources } from '@streamswarm/contract';
import type { PlanProblem } from '../runs/happening.ts';
import { agentLabels } from './agent-labels.ts';
import { type AgentRecord, takesPart } from './agent-record.ts';
import { matchesSelector } from './match-selector.ts';

export interface ChosenSources {
  readonly sources: readonly AgentRecord[];
  readonly problems: readonly PlanProblem[];
}

/** Who measures: the union of nodes by label, nodes by name and agents by label; every agent where none is given. */
export function chooseSources(wish: Sources | undefined, agents: readonly AgentRecord[]): ChosenSources {
  const chosen = agents.filter((agent) => isChosen(wish, agent));
  const sources = chosen.filter(takesPart);
  const problems: PlanProblem[] = [];
  const missing = (wish?.nodes ?? []).filter((node) => !agents.some((agent) => isOnNode(agent, node)));
  if (missing.length > 0) {
    problems.push({
      reason: 'NodeNotFound',
      message: `spec.sources.nodes names ${missing.join(', ')}, and no agent runs on a node of that name: check the name, or wait until an agent has joined from there`,
      destination: null,
      stops: false,
    });
  }
  if (sources.length === 0) {
    problems.push({
      reason: 'NoAgents',
      message: nobody(agents, chosen),
      destination: null,
      stops: true,
    });
  }
  return { sources, problems };
}

function isChosen(wish: Sources | undefined, agent: AgentRecord): boolean {
  if (wish === undefined) return true;
  const { nodeSelector, nodes, agents } = wish;
  if (nodeSelector === undefined && nodes === undefined && agents === undefined) return true;
  if (agents !== undefined && matchesSelector(agents, agentLabels(agent))) return true;
  if (agent.kind !== 'Node') return false;
  if (nodes?.some((node) => isOnNode(agent, node)) === true) return true;
  return nodeSelector !== undefined && matchesSelector(nodeSelector, agent.nodeLabels ?? agent.labels);
}

function isOnNode(agent: AgentRecord, node: string): boolean {
  return agent.kind === 'Node' && agent.nodeName === node && !agent.gone;
}

function nobody(agents: readonly AgentRecord[], chosen: readonly AgentRecord[]): string {
  if (chosen.some((agent) => agent.suspended && !agent.gone))
    return 'every agent that spec.sources matches is suspended: lift spec.suspend of its StreamAgent';
  return agents.every((agent) => agent.gone)
    ? 'no agent has joined yet: the test begins to measure when one does'
    : 'no agent matches spec.sources: check its labels and names against those of the agents';
}
