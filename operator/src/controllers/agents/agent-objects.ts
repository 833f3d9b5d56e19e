import type { StreamAgentSpec, StreamAgentStatus } from '@streamswarm/contract';
import type { NodeFacts } from '../../domain/agents/decide-agent-row.ts';
import type { KubeObject } from '../../kube/objects.ts';

export interface StreamAgentObject extends KubeObject {
  readonly spec: StreamAgentSpec;
  readonly status?: StreamAgentStatus;
}

export interface NodeObject extends KubeObject {
  readonly status?: {
    readonly addresses?: readonly { readonly type: string; readonly address: string }[];
  };
}

export interface PodObject extends KubeObject {
  readonly spec?: { readonly nodeName?: string };
  readonly status?: { readonly podIP?: string; readonly phase?: string };
}

export function nodeFacts(node: NodeObject): NodeFacts {
  const internal = node.status?.addresses?.find(({ type }) => type === 'InternalIP');
  return { labels: node.metadata.labels ?? {}, address: internal?.address ?? null };
}

/** The pod that measures on each node: where one is being replaced, the one that is not ending. */
export function podsByNode(pods: readonly PodObject[]): Map<string, PodObject> {
  const byNode = new Map<string, PodObject>();
  for (const pod of pods) {
    const node = pod.spec?.nodeName;
    if (node === undefined || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') continue;
    const known = byNode.get(node);
    if (known === undefined || known.metadata.deletionTimestamp !== undefined) byNode.set(node, pod);
  }
  return byNode;
}

/** Name of the StreamAgent: that of the Node, else the host's name as Kubernetes takes it (RFC 1123 subdomain). */
export function streamAgentName(kind: 'Node' | 'Host', name: string): string {
  if (kind === 'Node') return name;
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/(^|\.)[-.]+/g, '$1')
    .replace(/[-.]+(\.|$)/g, '$1')
    .slice(0, 253);
  return plain === '' ? 'host' : plain;
}
