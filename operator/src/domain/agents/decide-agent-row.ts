/** What of an agent planning goes by, as it is stored. */
export interface AgentPlace {
  /** By which tests aim at it: those of its Node, and over them those that people gave it. */
  readonly labels: Readonly<Record<string, string>>;
  /** Of its Node alone, for node selectors; null for a host. */
  readonly nodeLabels: Readonly<Record<string, string>> | null;
  /** Where meshes measure to; null where none is known. */
  readonly address: string | null;
  readonly suspended: boolean;
}

export interface ClusterAgent extends AgentPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: 'Node' | 'Host';
  readonly nodeName: string | null;
  readonly gone: boolean;
  /** Of the token that a host joined by. */
  readonly joinLabels?: Readonly<Record<string, string>> | null;
  readonly revoked?: boolean;
}

export interface NodeFacts {
  readonly labels: Readonly<Record<string, string>>;
  /** InternalIP, or null. */
  readonly address: string | null;
}

/** What people may say of an agent on its StreamAgent. */
export interface StreamAgentFacts {
  readonly labels: Readonly<Record<string, string>>;
  readonly suspended: boolean;
}

export type AgentRowDecision =
  | { readonly kind: 'keep' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'set'; readonly place: AgentPlace };

export interface AgentSurroundings {
  /** The agent's Node; null where the cluster has none of that name. */
  readonly node: NodeFacts | null;
  /** Address of its pod, where one runs. */
  readonly podAddress: string | null;
  readonly streamAgent: StreamAgentFacts | null;
}

/** What must be stored of an agent so that planning sees the cluster as it is. */
export function decideAgentRow(agent: ClusterAgent, around: AgentSurroundings): AgentRowDecision {
  const { node, podAddress, streamAgent } = around;
  const isAway = agent.kind === 'Node' ? node === null : agent.revoked === true;
  if (isAway) return agent.gone ? { kind: 'keep' } : { kind: 'gone' };
  const own =
    agent.kind === 'Node'
      ? (node?.labels ?? {})
      : { ...agent.joinLabels, 'kubernetes.io/hostname': agent.name };
  const place: AgentPlace = {
    labels: { ...own, ...streamAgent?.labels },
    nodeLabels: agent.kind === 'Node' ? own : null,
    address: agent.kind === 'Node' ? (podAddress ?? node?.address ?? null) : agent.address,
    suspended: streamAgent?.suspended ?? false,
  };
  return agent.gone || !isSamePlace(agent, place) ? { kind: 'set', place } : { kind: 'keep' };
}

function isSamePlace(a: AgentPlace, b: AgentPlace): boolean {
  return (
    a.address === b.address &&
    a.suspended === b.suspended &&
    isSameLabels(a.labels, b.labels) &&
    isSameLabels(a.nodeLabels, b.nodeLabels)
  );
}

function isSameLabels(a: AgentPlace['nodeLabels'], b: AgentPlace['nodeLabels']): boolean {
  if (a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
