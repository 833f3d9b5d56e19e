import { randomUUID } from 'node:crypto';
import type { StreamTestSpec } from '@streamswarm/contract';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { migrate } from '@streamswarm/operator/store/migrate';
import { acquireLeadership } from '@streamswarm/operator/store/planning/leadership';
import type { PlanOutcome, Wish } from '@streamswarm/operator/store/planning/plan-outcome';
import { type PlanOptions, planTest } from '@streamswarm/operator/store/planning/plan-test';
import { pino } from 'pino';
import { startTestPostgres } from './postgres.ts';

export type PresentWish = Extract<Wish, { kind: 'present' }>;

/** A store with one leader, to plan in as the controllers of a cluster do. */
export interface PlannedStore {
  readonly db: Database;
  readonly url: string;
  epoch: number;
  plan(uid: string, options?: Partial<PlanOptions>): Promise<PlanOutcome>;
  addAgent(id: string, over?: AgentColumns): Promise<void>;
  spansOf(uid: string): Promise<SpanRow[]>;
  runsOf(uid: string): Promise<RunRow[]>;
  stop(): Promise<void>;
}

export interface AgentColumns {
  readonly kind?: 'Node' | 'Host';
  readonly nodeName?: string | null;
  readonly labels?: Readonly<Record<string, string>>;
  readonly address?: string | null;
}

export interface SpanRow {
  readonly id: number;
  readonly agentId: string;
  readonly destination: string;
  readonly endpoint: string;
  readonly probe: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly startMs: number;
  readonly fromMs: number;
  readonly toMs: number | null;
}

export interface RunRow {
  readonly number: number;
  readonly reason: string;
  readonly result: string | null;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly dueMs: number | null;
}

export async function startPlannedStore(): Promise<PlannedStore> {
  const logger = pino({ level: 'silent' });
  const postgres = await startTestPostgres();
  const db = openDatabase({ url: postgres.url, logger });
  await migrate(db, logger);
  const store: PlannedStore = {
    db,
    url: postgres.url,
    epoch: (await acquireLeadership(db, 'leader')) ?? 0,
    plan: (uid, options = {}) => planTest(db, { epoch: store.epoch, cluster: 'c', uid, ...options }),
    async addAgent(id, { kind = 'Host', nodeName = null, labels = {}, address = null } = {}) {
      await db.query(
        `insert into agent (id, name, version, platform, addresses, capabilities, kind, node_name, labels, address)
         values ($1, $1, '0', '{}', '[]', '[]', $2, $3, $4, $5)`,
        [id, kind, nodeName, JSON.stringify(labels), address],
      );
    },
    spansOf: (uid) =>
      db.query(
        `select id::float8 as id, agent_id as "agentId", destination, endpoint, probe, target ->> 'host' as host,
           (target ->> 'port')::int4 as port, start_ms::float8 as "startMs", from_ms::float8 as "fromMs",
           to_ms::float8 as "toMs"
         from span where test_uid = $1 order by id`,
        [uid],
      ),
    runsOf: (uid) =>
      db.query(
        `select number, reason, result, start_ms::float8 as "startMs", end_ms::float8 as "endMs",
           due_ms::float8 as "dueMs"
         from run where test_uid = $1 order by number`,
        [uid],
      ),
    async stop() {
      await db.close();
      await postgres.stop();
    },
  };
  return store;
}

/** A test as an API server would have it; every wish made here is newer than the one before. */
export function wishOf(name: string, spec: StreamTestSpec, over: Partial<PresentWish> = {}): PresentWish {
  version++;
  return {
    kind: 'present',
    uid: randomUUID(),
    namespace: 'shop',
    name,
    generation: 1,
    resourceVersion: `${version}`,
    spec,
    labels: {},
    annotations: {},
    createdMs: Date.now(),
    ...over,
  };
}

/** Above 2^53, where numbers would lose digits, and growing in length: texts would sort wrongly. */
let version = 99_999_999_999_999_990n;
