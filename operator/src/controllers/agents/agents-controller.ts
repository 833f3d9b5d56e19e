import type { Logger } from 'pino';
import { decideAgentRow } from '../../domain/agents/decide-agent-row.ts';
import { decideStreamAgent, type StreamAgentInput } from '../../domain/agents/decide-stream-agent.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { type OwnerReference, STREAM_AGENTS } from '../../kube/objects.ts';
import type { WatchCache } from '../../kube/watch-cache.ts';
import { startWorkQueue } from '../../kube/work-queue.ts';
import type { ClusterAgentRow, ClusterAgents } from '../../store/queries/cluster-agents.ts';
import {
  type NodeObject,
  nodeFacts,
  type PodObject,
  podsByNode,
  type StreamAgentObject,
  streamAgentName,
} from './agent-objects.ts';
import { writeStreamAgent } from './stream-agent-writer.ts';

export interface AgentsControllerOptions {
  readonly kube: KubeClient;
  readonly nodes: WatchCache<NodeObject>;
  readonly pods: WatchCache<PodObject>;
  readonly streamAgents: WatchCache<StreamAgentObject>;
  readonly store: ClusterAgents;
  /** Calls back whenever an agent joined, came back or fell silent. */
  onAgents(changed: () => void): () => void;
  /** What planning goes by has changed. */
  replan(): void;
  mayWrite(): boolean;
  nowMs(): Promise<number>;
  readonly logger: Logger;
}

/** Changes come in groups, as when a DaemonSet rolls: they are looked at together. */
const GATHER_MS = 100;
const LOOK_AGAIN_MS = 10_000;
const ALL = 'all';

/** Keeps what planning knows of agents as Nodes, pods and people say, and shows every agent as a StreamAgent. */
export async function startAgentsController(
  options: AgentsControllerOptions,
): Promise<{ stop(): Promise<void> }> {
  const { kube, nodes, pods, streamAgents, store, logger } = options;

  const known = new Set<string>();
  /** Stores where agents are, and lets planning hear of every change. */
  const placeAgents = async (rows: readonly ClusterAgentRow[]): Promise<void> => {
    const measuring = podsByNode(pods.list());
    let hasChanged = false;
    for (const row of rows) {
      // Its session may have been opened by another replica, which does not plan.
      if (!known.has(row.id)) hasChanged = true;
      known.add(row.id);
      const node = row.nodeName === null ? null : nodes.get(undefined, row.nodeName);
      const people = streamAgents.get(undefined, streamAgentName(row.kind, row.name));
      const decision = decideAgentRow(row, {
        node: node === null ? null : nodeFacts(node),
        podAddress: measuring.get(row.nodeName ?? '')?.status?.podIP ?? null,
        streamAgent:
          people === null
            ? null
            : { labels: people.metadata.labels ?? {}, suspended: people.spec.suspend === true },
      });
      if (decision.kind === 'keep') continue;
      if (decision.kind === 'gone') await store.markGone(row.id);
      else await store.setPlace(row.id, decision.place);
      hasChanged = true;
    }
    if (hasChanged) options.replan();
  };

  const showAgents = async (rows: readonly ClusterAgentRow[]): Promise<void> => {
    const nowMs = await options.nowMs();
    const shown = new Set<string>();
    const show = async (name: string, input: Omit<StreamAgentInput, 'suspended'>): Promise<void> => {
      shown.add(name);
      const stored = streamAgents.get(undefined, name);
      const decision = decideStreamAgent({ ...input, suspended: stored?.spec.suspend === true });
      const owner = input.nodeName === null ? null : ownerOf(nodes.get(undefined, input.nodeName));
      if (options.mayWrite())
        await writeStreamAgent(kube, stored, { wish: { name, decision, owner }, nowMs });
    };
    for (const { kind, name, nodeName, session } of rows) {
      if (kind === 'Node' && nodes.get(undefined, nodeName ?? '') === null) continue;
      await show(streamAgentName(kind, name), { kind, nodeName, session });
    }
    for (const nodeName of podsByNode(pods.list()).keys()) {
      if (!shown.has(nodeName) && nodes.get(undefined, nodeName) !== null)
        await show(nodeName, { kind: 'Node', nodeName, session: null });
    }
    for (const { metadata, spec } of streamAgents.list()) {
      const isLeft = spec.kind === 'Node' && nodes.get(undefined, spec.nodeName ?? '') === null;
      if (isLeft && options.mayWrite())
        await kube.remove(STREAM_AGENTS, { name: metadata.name }, { uid: metadata.uid });
    }
  };

  await Promise.all([nodes.synced, pods.synced, streamAgents.synced]);
  const queue = startWorkQueue({
    concurrency: 1,
    logger,
    async process() {
      await store.endSessionsExcept(pods.list().map(({ metadata }) => metadata.uid));
      const rows = await store.agents();
      await placeAgents(rows);
      await showAgents(rows);
      return { againAfterMs: LOOK_AGAIN_MS };
    },
  });
  const look = (): void => queue.addAfter(ALL, GATHER_MS);
  const unwatch = [
    nodes.onChange(({ type, object, before }) => {
      // Kubelets write their node every few seconds; only this matters here.
      if (type !== 'changed' || before === null || !isSameNode(object, before)) look();
    }),
    pods.onChange(look),
    streamAgents.onChange(({ type, object, before }) => {
      // Our own writes of its status matter to nobody here.
      const isWish = type !== 'changed' || before === null || !isSameWish(object, before);
      if (isWish) look();
    }),
    options.onAgents(look),
  ];
  look();
  return {
    async stop() {
      for (const stop of unwatch) stop();
      await queue.stop();
    },
  };
}

function isSameWish(a: StreamAgentObject, b: StreamAgentObject): boolean {
  return (
    a.metadata.generation === b.metadata.generation &&
    JSON.stringify(a.metadata.labels) === JSON.stringify(b.metadata.labels)
  );
}

function isSameNode(a: NodeObject, b: NodeObject): boolean {
  return JSON.stringify(nodeFacts(a)) === JSON.stringify(nodeFacts(b));
}

function ownerOf(node: NodeObject | null): OwnerReference | null {
  return node === null
    ? null
    : { apiVersion: 'v1', kind: 'Node', name: node.metadata.name, uid: node.metadata.uid };
}
