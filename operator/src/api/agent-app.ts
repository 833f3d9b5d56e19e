import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { SessionGate } from '../agents/session-gate.ts';
import type { JoiningServices } from '../joining/joining-services.ts';
import type { Api } from './api-instance.ts';
import { type ApiMetrics, createMetrics } from './metrics.ts';
import { answerErrors, nothingHere, sendProblem } from './plugins/errors.ts';
import { timeRequests } from './plugins/http-timing.ts';
import { hardenAnswers } from './plugins/security-headers.ts';
import { validateByContract } from './plugins/validation.ts';
import { acceptBatch } from './routes/agent-uplink/accept-batch.ts';
import { joinRoutes } from './routes/agent-uplink/join-routes.ts';
import { openProvenSession } from './routes/agent-uplink/open-proven-session.ts';
import { streamPlan } from './routes/agent-uplink/stream-plan.ts';
import { getHealth } from './routes/health/get-health.ts';
import type { ApiServices } from './services.ts';

export interface AgentAppOptions {
  readonly logger: FastifyBaseLogger;
  readonly gate: SessionGate;
  /** Key and certificate; the server can be given newer ones by `setSecureContext`. */
  readonly tls: SecureContextOptions;
  readonly metrics?: ApiMetrics;
  /** Hosts may join here; nobody unless given. */
  readonly joining?: JoiningServices;
}

/** The least that is spoken (BCP 195, RFC 9325). */
export const MIN_TLS = 'TLSv1.2';
/** The word of an agent, and a description of it with its capabilities, are far smaller. */
const MAX_BODY_BYTES = 256 * 1024;
const HANDSHAKE_MS = 10_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;
/** Longer than agents are silent between two words. */
const KEEP_ALIVE_MS = 75_000;
/** An agent holds one for its plan and one or two for its batches: enough for more than 1,000. */
const MOST_CONNECTIONS = 5_000;

/**
 * What agents beyond this host reach, over TLS: their sessions, plans and batches, the probes of the kubelet, and
 * nothing else. Not listening yet.
 */
export async function buildAgentApp(
  services: Pick<ApiServices, 'agents' | 'isReady'>,
  options: AgentAppOptions,
): Promise<{ app: Api; server: Server }> {
  const { logger, metrics = createMetrics() } = options;
  const server = hardenedServer(options.tls);
  const app: Api = Fastify({
    serverFactory: (handler) => server.on('request', handler),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    frameworkErrors: sendProblem,
    exposeHeadRoutes: false,
  }).withTypeProvider<TypeBoxTypeProvider>();
  answerErrors(app);
  hardenAnswers(app);
  timeRequests(app, metrics);
  validateByContract(app);
  openProvenSession(app, services, options.gate);
  streamPlan(app, services);
  acceptBatch(app, services, metrics);
  if (options.joining !== undefined) joinRoutes(app, services, options.joining);
  getHealth(app, services);
  app.setNotFoundHandler((request) => {
    throw nothingHere(request.method, request.url.split('?')[0] ?? '/');
  });
  return { app, server };
}

function hardenedServer(tls: SecureContextOptions): Server {
  const server = createServer({
    ...tls,
    minVersion: MIN_TLS,
    handshakeTimeout: HANDSHAKE_MS,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // How often slow clients are looked for.
    connectionsCheckingInterval: 2_000,
  });
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}
