import { randomUUID } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { Api } from './api-instance.ts';
import { serveConsole } from './console/serve-console.ts';
import { type ApiMetrics, createMetrics } from './metrics.ts';
import { answerErrors, sendProblem } from './plugins/errors.ts';
import { timeRequests } from './plugins/http-timing.ts';
import { guardLoopback } from './plugins/loopback-guard.ts';
import { describeApi } from './plugins/openapi.ts';
import { hardenAnswers } from './plugins/security-headers.ts';
import { validateByContract } from './plugins/validation.ts';
import { acceptYaml } from './plugins/yaml-body.ts';
import { addRoutes } from './routes/all-routes.ts';
import type { ApiServices } from './services.ts';

export interface ApiOptions {
  readonly logger: FastifyBaseLogger;
  /** Folder of the exported console, or null where there is none. */
  readonly consoleDir: string | null;
  /** Metrics that others add to as well; own ones where absent. */
  readonly metrics?: ApiMetrics;
  readonly requestId?: () => string;
}

const MAX_BODY_BYTES = 1024 * 1024;
/** A client that has not sent its request by then is cut off; answers may take as long as they like. */
const REQUEST_TIMEOUT_MS = 60_000;

/** The whole API and console on one origin; not listening yet, so that tests can inject requests. */
export async function buildApp(services: ApiServices, options: ApiOptions): Promise<Api> {
  const { requestId = randomUUID, metrics = createMetrics() } = options;
  const app: Api = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => requestId(),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    frameworkErrors: sendProblem,
    routerOptions: { maxParamLength: 253 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  answerErrors(app);
  hardenAnswers(app);
  guardLoopback(app);
  timeRequests(app, metrics);
  validateByContract(app);
  acceptYaml(app);
  await describeApi(app, services.fleetInfo.version);
  await addRoutes(app, services, metrics);
  await serveConsole(app, options.consoleDir);
  return app;
}
