import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fleet } from '@streamswarm/contract';
import type { Logger } from 'pino';
import { openAccess } from './access/access.ts';
import { type ConsoleAddress, openToPeople } from './access/open-to-people.ts';
import { agentServices } from './agents/agent-services.ts';
import type { SessionGate } from './agents/session-gate.ts';
import { buildApp } from './api/app.ts';
import { assertLoopbackBind } from './api/loopback.ts';
import { createMetrics } from './api/metrics.ts';
import type { ApiServices } from './api/services.ts';
import { connectCluster } from './cluster/connect-cluster.ts';
import type { OperatorConfig } from './config.ts';
import { every } from './controllers/every.ts';
import { startLeaderLoop } from './controllers/leader-loop.ts';
import { startRetentionController } from './controllers/retention/retention-controller.ts';
import { GUIDE_DEFAULTS } from './guide/guide-settings.ts';
import type { JoinAddress } from './joining/join-address.ts';
import { joinedGate } from './joining/joined-gate.ts';
import { joiningServices } from './joining/joining-services.ts';
import { listenForHosts } from './joining/listen-for-hosts.ts';
import { clusterPlanning } from './planning/cluster-planning.ts';
import { readHints } from './planning/live-hints.ts';
import type { LeadingControllers } from './planning/planning.ts';
import { standalonePlanning } from './planning/standalone-planning.ts';
import { SILENT_AFTER_MS } from './store/books/load-answers.ts';
import { loadBooks } from './store/books/load-books.ts';
import { readDatabaseCa } from './store/connection/database-ca.ts';
import { tlsRefusal } from './store/connection/tls-refusal.ts';
import { clockMs, type Database, openDatabase } from './store/database.ts';
import { watchLimits } from './store/findings/watch-limits.ts';
import { LIVE_CHANNEL } from './store/ingest/ingest.ts';
import { clusterId, migrate } from './store/migrate.ts';
import { acquireLeadership, releaseLeadership } from './store/planning/leadership.ts';
import { markOffline } from './store/queries/agent-sessions.ts';
import { exportSamples } from './store/queries/export/export-samples.ts';
import { bindGuideStore } from './store/queries/guide/guide-store.ts';
import { findHostIdentity, useAssertion } from './store/queries/joining/host-identities.ts';
import { bindReads } from './store/queries/reads.ts';
import { readRetentionView, saveRetention } from './store/retention/settings.ts';
import { compact } from './store/rollup/compact.ts';
import { dayOf, managePartitions } from './store/tables/partitions.ts';
import { isDatabaseUnavailable } from './store/unavailable.ts';
import { OPERATOR_VERSION } from './version.ts';

export interface Operator {
  /** On loopback, where no login is needed. */
  readonly url: string;
  /** Where other machines reach the console; null: nowhere. */
  readonly console: ConsoleAddress | null;
  stop(): Promise<void>;
}

const HOUSEKEEPING_MS = 5_000;
const INGEST_CONNECTIONS = 6;
/** How soon a broken limit is told. */
const LIMITS_MS = 5_000;
const COMPACT_MS = 30_000;
/** A turn ends after so many, so that a stop does not wait for months of data to be merged. */
const COMPACT_PASSES = 10;

/** Starts everything of an operator in order: store, planning, API; `stop` ends it in reverse. */
export async function startOperator(config: OperatorConfig, logger: Logger): Promise<Operator> {
  assertLoopbackBind(config.host);
  const startedAt = new Date();
  const startup: Fleet['startup'] = [
    { at: startedAt.toISOString(), what: 'operator started', detail: `version ${OPERATOR_VERSION}` },
  ];
  const note = (what: string, detail: string): void => {
    startup.push({ at: new Date().toISOString(), what, detail });
  };

  for (const remark of config.remarks ?? []) logger.warn(remark);
  const { databaseUrl, databaseCaFile = null } = config;
  const ca = databaseCaFile === null ? undefined : await readDatabaseCa(databaseCaFile);
  const db = openDatabase({ url: databaseUrl, ca, logger });
  const ingestDb = openDatabase({ url: databaseUrl, ca, logger, maxConnections: INGEST_CONNECTIONS });
  await reachable(db, databaseCaFile, logger);
  note('Postgres ready', 'connected');
  const applied = await migrate(db, logger);
  note('migrations', applied.length === 0 ? 'up to date' : `${applied.length} applied`);
  const kubernetes = config.cluster === null ? null : await connectCluster(config.cluster, logger);
  const cluster = await clusterId(db, kubernetes?.id);
  if (kubernetes !== null) note('cluster', cluster);
  const planning =
    kubernetes === null
      ? standalonePlanning({ db, cluster, logger })
      : clusterPlanning({ db, cluster, logger, kube: kubernetes.kube, namespace: kubernetes.namespace });
  const partitions = managePartitions(db);

  const holder = randomUUID();
  let leading: LeadingControllers | null = null;
  const leader = startLeaderLoop({
    acquire: () => acquireLeadership(db, holder),
    release: () => releaseLeadership(db, holder),
    monotonicMs: () => performance.now(),
    logger,
    lead(leadership) {
      const controllers = planning.lead(leadership);
      leading = controllers;
      const retention = startRetentionController({ db, logger, mayWrite: leadership.mayWrite });
      return {
        async stop() {
          await Promise.all([controllers.stop(), retention.stop()]);
        },
      };
    },
  });

  const access = openAccess(db, () => performance.now());
  let joinAt: JoinAddress | null = null;
  const joining = joiningServices({
    db,
    cluster,
    logger,
    address: () => joinAt,
    agentsChanged: () => leading?.planAll(),
    audit: (entry) => access.audit.record(entry),
  });
  const services: ApiServices = {
    access,
    joining,
    tests: planning.tests,
    books: { accounting: (filter) => loadBooks(db, filter) },
    agents: agentServices({ db, ingestDb, cluster, logger, agentJoined: () => leading?.planAll() }),
    reads: bindReads(db),
    retention: {
      get: () => readRetentionView(db),
      async set(days) {
        await saveRetention(db, days);
        return readRetentionView(db);
      },
    },
    exports: { samples: (wish, take) => exportSamples(db, wish, take) },
    guide:
      config.guide === null ? null : { settings: config.guide ?? GUIDE_DEFAULTS, store: bindGuideStore(db) },
    nowMs: () => clockMs(db),
    live: {
      subscribe: (handler) =>
        db.listen(LIVE_CHANNEL, (payload) => {
          for (const hint of readHints(payload)) handler(hint);
        }),
    },
    fleetInfo: {
      cluster,
      version: OPERATOR_VERSION,
      startedAt: startedAt.toISOString(),
      loopbackOnly: kubernetes === null && config.people == null,
      kubernetes: kubernetes !== null,
      startup: () => startup,
    },
    async isReady() {
      try {
        await db.query('select 1');
        return { ready: true };
      } catch (error) {
        return { ready: false, why: `Postgres does not answer: ${(error as Error).message}` };
      }
    },
  };
  const metrics = createMetrics();
  const app = await buildApp(services, { logger, metrics, consoleDir: config.consoleDir });
  const url = await app.listen({ host: config.host, port: config.port });
  note('API listening', url);
  logger.info({ url }, 'API listening');
  const { consoleDir } = config;
  const people =
    config.people == null
      ? null
      : await openToPeople(config.people, { db, services, logger, metrics, consoleDir });
  if (people !== null) {
    note('console open to other machines', people.console.url);
    logger.info({ url: people.console.url }, 'console open to other machines, behind a login');
  }

  const gate = (others: SessionGate | null): SessionGate =>
    joinedGate(
      {
        cluster,
        find: (agentId) => findHostIdentity(db, agentId),
        use: (assertion) => useAssertion(db, assertion),
        nowMs: () => clockMs(db),
      },
      others,
    );
  const hosts =
    kubernetes === null
      ? config.agents == null
        ? undefined
        : await listenForHosts(config.agents, { db, services, gate: gate(null), logger, metrics })
      : await kubernetes.listenForAgents({ db, services, metrics, gate });
  const agentListener = hosts?.listener;
  joinAt = hosts?.address ?? null;
  if (agentListener !== undefined) {
    note('agents can connect', agentListener.url);
    logger.info({ url: agentListener.url }, 'listening for agents');
  }

  const housekeeping = every(HOUSEKEEPING_MS, logger, async () => {
    await markOffline(db, SILENT_AFTER_MS);
    const today = dayOf(await clockMs(db));
    await partitions.ensure([today, today + 1, today + 2]);
  });
  const compaction = every(COMPACT_MS, logger, async () => {
    for (let pass = 0; pass < COMPACT_PASSES && (await compact(db, partitions)) > 0; pass++);
  });

  const limits = every(LIMITS_MS, logger, async () => {
    if (leading !== null) await watchLimits(db);
  });

  return {
    url,
    console: people?.console ?? null,
    async stop() {
      await people?.listener.stop();
      await agentListener?.stop();
      await app.close();
      await Promise.all([housekeeping.stop(), compaction.stop(), limits.stop()]);
      await leader.stop();
      await kubernetes?.kube.close();
      await ingestDb.close();
      await db.close();
    },
  };
}

/** Postgres may start beside us; a few seconds are normal. */
async function reachable(db: Database, caFile: string | null, logger: Logger): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await db.query('select 1');
      return;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw tlsRefusal(error, caFile) ?? error;
      if (tries % 20 === 19) logger.warn({ err: error }, 'still waiting for Postgres');
      await delay(250);
    }
  }
}
