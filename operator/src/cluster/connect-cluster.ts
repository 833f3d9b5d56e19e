import { TOKEN_AUDIENCE } from '@streamswarm/contract';
import type { Logger } from 'pino';
import { podGate } from '../agents/pod-gate.ts';
import type { SessionGate } from '../agents/session-gate.ts';
import { type AgentListener, listenForAgents } from '../api/listen-for-agents.ts';
import type { ApiMetrics } from '../api/metrics.ts';
import type { ApiServices } from '../api/services.ts';
import type { ClusterConfig } from '../config.ts';
import { type JoinAddress, joinAddress } from '../joining/join-address.ts';
import { splitNames } from '../joining/server-names.ts';
import { type KubeClient, openKubeClient } from '../kube/kube-client.ts';
import { reviewToken } from '../kube/review-token.ts';
import type { Database } from '../store/database.ts';
import { operatorCaStore } from '../store/queries/operator-ca.ts';
import { openOperatorCa } from '../tls/operator-ca.ts';
import { clusterIdentity } from './cluster-identity.ts';
import { publishCa } from './publish-ca.ts';
import { untilReachable } from './until-reachable.ts';

export interface ConnectedCluster {
  readonly kube: KubeClient;
  /** UID of kube-system. */
  readonly id: string;
  readonly namespace: string;
  /** Lets the pods of agents in, once there is a certificate for it; undefined where that is not configured. */
  listenForAgents(wish: {
    readonly db: Database;
    readonly services: ApiServices;
    readonly metrics: ApiMetrics;
    /** Lets in hosts that have joined, and asks the given gate about everybody else. */
    gate(others: SessionGate): SessionGate;
  }): Promise<{ readonly listener: AgentListener; readonly address: JoinAddress } | undefined>;
}

/** Reaches the API server of a cluster; waits for it while it does not answer. */
export async function connectCluster(config: ClusterConfig, logger: Logger): Promise<ConnectedCluster> {
  const { kubeconfigPath, namespace, agents } = config;
  const kube = openKubeClient({ kubeconfigPath, logger });
  const id = await untilReachable(() => clusterIdentity(kube), logger);
  return {
    kube,
    id,
    namespace,
    async listenForAgents({ db, services, metrics, gate }) {
      if (agents === null) return undefined;
      // Certificates are judged by the clock of this host, as agents judge them by theirs.
      const ca = await openOperatorCa(operatorCaStore(db), () => Date.now());
      const listener = await listenForAgents({
        host: agents.host,
        port: agents.port,
        tls: {
          ca,
          names: splitNames(agents.serverNames),
          nowMs: () => Date.now(),
        },
        gate: gate(
          podGate({
            reviewToken: (token) => reviewToken(kube, token, TOKEN_AUDIENCE),
            namespace,
            serviceAccount: agents.serviceAccount,
            logger,
            monotonicMs: () => performance.now(),
          }),
        ),
        joining: services.joining,
        services,
        logger,
        metrics,
      });
      await untilReachable(() => publishCa(kube, namespace, ca.caPem), logger);
      logger.info({ fingerprint: ca.fingerprint }, 'certificate authority published');
      const [name = agents.host] = agents.serverNames;
      const address = joinAddress(name, Number(new URL(listener.url).port || 443), ca.fingerprint);
      return { listener, address: { ...address, server: agents.joinUrl ?? address.server } };
    },
  };
}
