import type { Logger } from 'pino';
import type { SessionGate } from '../agents/session-gate.ts';
import { type AgentListener, listenForAgents } from '../api/listen-for-agents.ts';
import type { ApiMetrics } from '../api/metrics.ts';
import type { ApiServices } from '../api/services.ts';
import type { Database } from '../store/database.ts';
import { operatorCaStore } from '../store/queries/operator-ca.ts';
import { openOperatorCa } from '../tls/operator-ca.ts';
import { type JoinAddress, joinAddress } from './join-address.ts';
import { reachableNames } from './server-names.ts';

/** Where hosts join an operator without a cluster. */
export interface HostListen {
  readonly host: string;
  readonly port: number;
  /** More names or addresses by which hosts call this operator, best first. */
  readonly serverNames: readonly string[];
  /** Whether people asked for it: then it must work, otherwise a taken port only costs joining. */
  readonly required: boolean;
}

export interface ListenForHostsOptions {
  readonly db: Database;
  readonly services: ApiServices;
  readonly gate: SessionGate;
  readonly logger: Logger;
  readonly metrics: ApiMetrics;
}

/** Undefined where the port is taken and nobody asked for it. */
export async function listenForHosts(
  listen: HostListen,
  options: ListenForHostsOptions,
): Promise<{ readonly listener: AgentListener; readonly address: JoinAddress } | undefined> {
  const { db, services, gate, logger, metrics } = options;
  const ca = await openOperatorCa(operatorCaStore(db), () => Date.now());
  const { first, ...names } = reachableNames(listen.host, listen.serverNames);
  try {
    const listener = await listenForAgents({
      host: listen.host,
      port: listen.port,
      tls: { ca, names, nowMs: () => Date.now() },
      gate,
      services,
      joining: services.joining,
      logger,
      metrics,
    });
    const port = Number(new URL(listener.url).port || 443);
    return { listener, address: joinAddress(first, port, ca.fingerprint) };
  } catch (error) {
    if (listen.required || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    logger.warn({ port: listen.port }, 'the port for agents is taken: no host can join; set --agents-port');
    return undefined;
  }
}
