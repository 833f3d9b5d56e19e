import type { FastifyBaseLogger } from 'fastify';
import type { SessionGate } from '../agents/session-gate.ts';
import type { JoiningServices } from '../joining/joining-services.ts';
import type { ServerNames } from '../tls/issue-leaf.ts';
import type { OperatorCa } from '../tls/operator-ca.ts';
import { renewLeaf } from '../tls/renew-leaf.ts';
import { buildAgentApp, MIN_TLS } from './agent-app.ts';
import type { ApiMetrics } from './metrics.ts';
import type { ApiServices } from './services.ts';

export interface ListenForAgentsOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: {
    readonly ca: OperatorCa;
    /** By which agents call this operator. */
    readonly names: ServerNames;
    /** The clock that certificates are judged by. */
    nowMs(): number;
    readonly lookEveryMs?: number;
  };
  readonly gate: SessionGate;
  readonly services: Pick<ApiServices, 'agents' | 'isReady'>;
  readonly logger: FastifyBaseLogger;
  readonly metrics?: ApiMetrics;
  /** Hosts may join here; nobody unless given. */
  readonly joining?: JoiningServices;
}

export interface AgentListener {
  readonly url: string;
  stop(): Promise<void>;
}

/** Listens for agents over TLS, with a certificate of the operator's own CA that is renewed without a restart. */
export async function listenForAgents(options: ListenForAgentsOptions): Promise<AgentListener> {
  const { tls, gate, services, logger, metrics, joining } = options;
  // With the CA behind it: a host that joins knows only its fingerprint.
  const chain = (certificatePem: string): string => `${certificatePem}${tls.ca.caPem}`;
  const leaf = await tls.ca.issueLeaf(tls.names);
  const { app, server } = await buildAgentApp(services, {
    logger,
    gate,
    tls: { key: leaf.keyPem, cert: chain(leaf.certificatePem) },
    ...(metrics === undefined ? {} : { metrics }),
    ...(joining === undefined ? {} : { joining }),
  });
  const listening = await app.listen({ host: options.host, port: options.port });
  // fastify does not know that the server it was given speaks TLS.
  const url = listening.replace(/^http:/, 'https:');
  const endRenewal = renewLeaf({
    leaf,
    logger,
    nowMs: () => tls.nowMs(),
    issue: () => tls.ca.issueLeaf(tls.names),
    install: ({ keyPem, certificatePem }) =>
      server.setSecureContext({ key: keyPem, cert: chain(certificatePem), minVersion: MIN_TLS }),
    ...(tls.lookEveryMs === undefined ? {} : { lookEveryMs: tls.lookEveryMs }),
  });
  return {
    url,
    async stop() {
      endRenewal();
      await app.close();
    },
  };
}
