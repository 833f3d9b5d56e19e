import type { AgentView } from '@streamswarm/contract/wire/views';

export const AGENT_TABS = ['All', 'Offline', 'Nodes', 'Hosts', 'Suspended', 'Gone'] as const;
export type AgentTab = (typeof AGENT_TABS)[number];

export interface AgentFilter {
  readonly q: string;
  readonly tab: AgentTab;
}

/** The tab that an address asks for; All where it asks for none there is. */
export function readAgentTab(text: string | null): AgentTab {
  return AGENT_TABS.find((tab) => tab.toLowerCase() === text?.toLowerCase()) ?? 'All';
}

/** The agents that a filter leaves: those that are not heard first, then by name as people count. */
export function filterAgents(agents: readonly AgentView[], { q, tab }: AgentFilter): AgentView[] {
  return agents
    .filter((agent) => isOf(agent, tab) && matchesText(agent, q))
    .sort((a, b) => Number(a.online) - Number(b.online) || byName.compare(a.name, b.name));
}

/** How many agents each tab holds, after the text filter. */
export function countAgents(agents: readonly AgentView[], q: string): Map<AgentTab, number> {
  const left = agents.filter((agent) => matchesText(agent, q));
  return new Map(AGENT_TABS.map((tab) => [tab, left.filter((agent) => isOf(agent, tab)).length]));
}

const byName = new Intl.Collator('en', { numeric: true });

/** Those that are gone are a part of no other tab. */
function isOf(agent: AgentView, tab: AgentTab): boolean {
  if (agent.gone) return tab === 'Gone';
  switch (tab) {
    case 'All':
      return true;
    case 'Offline':
      return !agent.online;
    case 'Nodes':
      return agent.kind === 'Node';
    case 'Hosts':
      return agent.kind === 'Host';
    case 'Suspended':
      return agent.suspended;
    default:
      return false;
  }
}

/** Words are joined by "and"; `!word` must not be there. Looked for in name, node, kind, labels, system, addresses. */
function matchesText(
  { name, node, kind, labels, platform, addresses, version }: AgentView,
  q: string,
): boolean {
  const text = [
    name,
    node ?? '',
    kind,
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    platform.os,
    platform.kernel,
    version,
    ...addresses,
  ]
    .join('\n')
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '!')
    .every((word) => (word.startsWith('!') ? !text.includes(word.slice(1)) : text.includes(word)));
}
