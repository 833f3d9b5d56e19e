import { createServer, type Server } from 'node:https';
import type { FastifyBaseLogger } from 'fastify';
import type { HostNames } from '../access/host-names.ts';
import { MIN_TLS } from './agent-app.ts';
import { buildApp } from './app.ts';
import type { ApiMetrics } from './metrics.ts';
import type { ApiServices } from './services.ts';

/** Key and certificate chain of a server, PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Where certificates come from; `watch` tells of each newer one until the returned function is called. */
export interface CertificateSource {
  current(): Promise<ServerCertificate>;
  watch(install: (certificate: ServerCertificate) => void): () => void;
}

export interface ListenForPeopleOptions {
  readonly host: string;
  readonly port: number;
  readonly certificates: CertificateSource;
  names(): HostNames;
  readonly services: ApiServices;
  readonly logger: FastifyBaseLogger;
  readonly metrics: ApiMetrics;
  readonly consoleDir: string | null;
  readonly recheckMs?: number;
}

export interface PeopleListener {
  /** As it is bound. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

const HANDSHAKE_MS = 10_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;
/** Browsers keep one or two each; beyond it new ones are closed, and those there are go on. */
const MOST_CONNECTIONS = 2_000;

/** Listens beyond loopback: API and console over TLS, behind a login. */
export async function listenForPeople(options: ListenForPeopleOptions): Promise<PeopleListener> {
  const { certificates, services, logger, metrics, consoleDir, names, recheckMs } = options;
  const server = hardenedServer(await certificates.current());
  const app = await buildApp(services, {
    logger,
    metrics,
    consoleDir,
    beyondLoopback: { server, names, ...(recheckMs === undefined ? {} : { recheckMs }) },
  });
  const listening = await app.listen({ host: options.host, port: options.port });
  const endWatch = certificates.watch((newer) => server.setSecureContext({ ...newer, minVersion: MIN_TLS }));
  return {
    // fastify does not know that the server it was given speaks TLS.
    url: listening.replace(/^http:/, 'https:'),
    port: Number(new URL(listening).port),
    async stop() {
      endWatch();
      await app.close();
    },
  };
}

function hardenedServer(certificate: ServerCertificate): Server {
  const server = createServer({
    ...certificate,
    minVersion: MIN_TLS,
    handshakeTimeout: HANDSHAKE_MS,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    // How often slow clients are looked for.
    connectionsCheckingInterval: 2_000,
  });
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}
