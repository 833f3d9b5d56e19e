import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { NodeObject, PodObject, StreamAgentObject } from '../controllers/agents/agent-objects.ts';
import { startAgentsController } from '../controllers/agents/agents-controller.ts';
import type { Leadership } from '../controllers/leader-loop.ts';
import { OPERATOR_NAME } from '../controllers/operator-name.ts';
import { startStatusController } from '../controllers/status/status-controller.ts';
import {
  type EndpointSliceObject,
  type ServiceObject,
  serviceDirectory,
} from '../controllers/stream-tests/service-directory.ts';
import { startStreamTestsController } from '../controllers/stream-tests/stream-tests-controller.ts';
import { startEventRecorder } from '../kube/event-recorder.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import {
  ENDPOINT_SLICES,
  type KubeObject,
  NODES,
  PODS,
  type Resource,
  SERVICES,
  STREAM_AGENTS,
  STREAM_TESTS,
} from '../kube/objects.ts';
import { startWatchCache } from '../kube/watch-cache.ts';
import { clockMs, type Database } from '../store/database.ts';
import { LIVE_CHANNEL } from '../store/ingest/ingest.ts';
import { planTest } from '../store/planning/plan-test.ts';
import { clusterAgents } from '../store/queries/cluster-agents.ts';
import { listPlannable } from '../store/queries/list-plannable.ts';
import { statusFigures } from '../store/queries/status-figures.ts';
import { kubernetesStreamTests } from '../stream-tests/kubernetes-stream-tests.ts';
import type { StreamTestObject } from '../stream-tests/stream-test-object.ts';
import { readHints } from './live-hints.ts';
import type { LeadingControllers, Planning } from './planning.ts';

/** The label that the chart gives to the pods of agents. */
const AGENT_PODS = 'app.kubernetes.io/name=streamswarm,app.kubernetes.io/component=agent';

export interface ClusterPlanningOptions {
  readonly kube: KubeClient;
  readonly db: Database;
  readonly cluster: string;
  /** Where agent pods run. */
  readonly namespace: string;
  readonly logger: Logger;
}

/** StreamTests of a Kubernetes cluster, planned over its nodes and the hosts that have joined. */
export function clusterPlanning(options: ClusterPlanningOptions): Planning {
  return {
    tests: kubernetesStreamTests(options.kube, options.db),
    lead: (leadership) => leadCluster(options, leadership),
  };
}

function leadCluster(options: ClusterPlanningOptions, { epoch, mayWrite }: Leadership): LeadingControllers {
  const { kube, db, cluster, namespace, logger } = options;
  const cacheOf = <T extends KubeObject>(
    resource: Resource,
    select: { namespace?: string; labelSelector?: string } = {},
  ) => startWatchCache<T>({ client: kube, resource, logger, ...select });
  const tests = cacheOf<StreamTestObject>(STREAM_TESTS);
  const streamAgents = cacheOf<StreamAgentObject>(STREAM_AGENTS);
  const nodes = cacheOf<NodeObject>(NODES);
  const services = cacheOf<ServiceObject>(SERVICES);
  const slices = cacheOf<EndpointSliceObject>(ENDPOINT_SLICES);
  const pods = cacheOf<PodObject>(PODS, { namespace, labelSelector: AGENT_PODS });
  const caches = [tests, streamAgents, nodes, services, slices, pods];
  const events = startEventRecorder({
    client: kube,
    controller: OPERATOR_NAME,
    instance: hostname(),
    logger,
  });
  const directory = serviceDirectory(services, slices);
  const nowMs = () => clockMs(db);

  const status = startStatusController({
    find: (uid) => tests.getByUid(uid),
    figures: (uid, runId) => statusFigures(db, uid, runId),
    async write({ metadata }, wanted) {
      const { name, namespace: where, resourceVersion } = metadata;
      await kube.apply(
        STREAM_TESTS,
        { metadata: { name, namespace: where ?? 'default', resourceVersion }, status: wanted },
        { fieldManager: OPERATOR_NAME, force: true, subresource: 'status' },
      );
    },
    mayWrite,
    nowMs,
    monotonicMs: () => performance.now(),
    random: Math.random,
    logger,
  });

  let planAll = (): void => undefined;
  const starting = (async () => {
    await Promise.all(caches.map((cache) => cache.synced));
    const streamTests = await startStreamTestsController({
      tests,
      services: directory,
      plan: (uid, wish) => planTest(db, { epoch, cluster, uid, wish, services: directory.find }),
      listUids: () => listPlannable(db),
      report: (uid, verdict) => status.planned(uid, verdict),
      tell: (regarding, { type, reason, note }) =>
        events.record({ regarding, type, reason, note, action: 'Plan' }),
      async remove({ metadata: { name, namespace: where, uid } }) {
        if (mayWrite()) await kube.remove(STREAM_TESTS, { namespace: where, name }, { uid });
      },
      nowMs,
      logger,
    });
    planAll = () =>
      void streamTests
        .planAll()
        .catch((error: unknown) => logger.warn({ err: error }, 'cannot plan all tests'));
    const agents = await startAgentsController({
      kube,
      nodes,
      pods,
      streamAgents,
      store: clusterAgents(db),
      onAgents: (changed) => onEntity(db, 'agents', changed),
      replan: () => planAll(),
      mayWrite,
      nowMs,
      logger,
    });
    return [streamTests, agents];
  })();
  starting.catch((error: unknown) => logger.debug({ err: error }, 'the controllers did not start'));
  const unlisten = db.listen(LIVE_CHANNEL, (payload) => {
    for (const { entity, key } of readHints(payload))
      if (entity === 'results' && key !== null) status.heard(key);
  });

  return {
    planAll: () => planAll(),
    async stop() {
      unlisten();
      await Promise.all(caches.map((cache) => cache.stop()));
      const controllers = await starting.catch(() => []);
      for (const controller of controllers.toReversed()) await controller.stop();
      await status.stop();
      await events.stop();
    },
  };
}

function onEntity(db: Database, wanted: string, changed: () => void): () => void {
  return db.listen(LIVE_CHANNEL, (payload) => {
    if (readHints(payload).some(({ entity }) => entity === wanted)) changed();
  });
}
