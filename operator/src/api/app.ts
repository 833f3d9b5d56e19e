import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Server } from 'node:https';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { HostNames } from '../access/host-names.ts';
import type { Api } from './api-instance.ts';
import { serveConsole } from './console/serve-console.ts';
import { type ApiMetrics, createMetrics } from './metrics.ts';
import { answerErrors, sendProblem } from './plugins/errors.ts';
import { timeRequests } from './plugins/http-timing.ts';
import { guardByLogin } from './plugins/login-guard.ts';
import { guardLoopback } from './plugins/loopback-guard.ts';
import { describeApi } from './plugins/openapi.ts';
import { requirePolicies } from './plugins/route-policies.ts';
import { hardenAnswers } from './plugins/security-headers.ts';
import { acceptCookies } from './plugins/session-cookie.ts';
import { validateByContract } from './plugins/validation.ts';
import { acceptYaml } from './plugins/yaml-body.ts';
import { addRoutes } from './routes/all-routes.ts';
import { serveApiDocs } from './routes/api-docs/api-docs.ts';
import type { ApiServices } from './services.ts';

export interface ApiOptions {
  readonly logger: FastifyBaseLogger;
  /** Folder of the exported console, or null where there is none. */
  readonly consoleDir: string | null;
  /** Metrics that others add to as well; own ones where absent. */
  readonly metrics?: ApiMetrics;
  readonly requestId?: () => string;
  /** Beyond loopback; on loopback no login is needed. */
  readonly beyondLoopback?: BeyondLoopback;
}

export interface BeyondLoopback {
  /** That speaks TLS. */
  readonly server: Server;
  /** By which it may be called, as of now. */
  names(): HostNames;
  /** How long a right that was taken away still lets an answer run on, ms; 8 s unless given. */
  readonly recheckMs?: number;
}

const MAX_BODY_BYTES = 1024 * 1024;
/** A client that has not sent its request by then is cut off; answers may take as long as they like. */
const REQUEST_TIMEOUT_MS = 60_000;

/** The whole API and console on one origin; not listening yet, so that tests can inject requests. */
export async function buildApp(services: ApiServices, options: ApiOptions): Promise<Api> {
  const { requestId = randomUUID, metrics = createMetrics(), beyondLoopback } = options;
  const app: Api = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => requestId(),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    frameworkErrors: sendProblem,
    routerOptions: { maxParamLength: 253 },
    ...(beyondLoopback === undefined ? {} : { serverFactory: serveOn(beyondLoopback.server) }),
  }).withTypeProvider<TypeBoxTypeProvider>();
  requirePolicies(app);
  answerErrors(app);
  hardenAnswers(app);
  if (beyondLoopback === undefined) guardLoopback(app);
  else guardByLogin(app, { access: services.access, ...beyondLoopback });
  await acceptCookies(app);
  timeRequests(app, metrics);
  validateByContract(app);
  acceptYaml(app);
  await describeApi(app, services.fleetInfo.version);
  // Agents beyond loopback have a listener of their own, where they prove who they are (agent-app.ts).
  await addRoutes(app, services, { metrics, agents: beyondLoopback === undefined });
  await serveApiDocs(app);
  await serveConsole(app, options.consoleDir);
  return app;
}

function serveOn(server: Server) {
  return (handler: RequestListener) => server.on('request', handler);
}
