import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { STOP_NOW_ANNOTATION, type StreamTestSpec } from '@streamswarm/contract';
import { clockMs, openDatabase } from '@streamswarm/operator/store/database';
import { lockAgent } from '@streamswarm/operator/store/ingest/agent-locks';
import { clusterId, migrate, WrongCluster } from '@streamswarm/operator/store/migrate';
import { acquireLeadership } from '@streamswarm/operator/store/planning/leadership';
import { planTest } from '@streamswarm/operator/store/planning/plan-test';
import { pino } from 'pino';
import { type PlannedStore, startPlannedStore, wishOf } from '../support/planned-store.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { waitUntil } from '../support/wait-until.ts';

const logger = pino({ level: 'silent' });
let store: PlannedStore;
let postgres: TestPostgres;
before(async () => {
  store = await startPlannedStore();
  postgres = await startTestPostgres();
});
after(async () => {
  await store.stop();
  await postgres.stop();
});

const spec: StreamTestSpec = {
  destinations: [{ name: 'edge', host: '198.18.0.1' }],
  probes: [{ icmp: {} }],
  interval: '5s',
  duration: '1h',
};

test('a database of the first version goes on: a startAt that was handled starts nothing again', async () => {
  const db = openDatabase({ url: postgres.url, logger });
  const first = new URL('../../operator/src/store/migrations/0001-foundation.sql', import.meta.url);
  await db.query(await readFile(first, 'utf8'));
  await db.query(
    'create table schema_migration (name text primary key, applied_at timestamptz default now())',
  );
  await db.query(`insert into schema_migration (name) values ('0001-foundation.sql')`);
  await db.query(
    `insert into agent (id, name, version, platform, addresses, capabilities) values ('a', 'a', '0', '{}', '[]', '[]')`,
  );
  const nowMs = await clockMs(db);
  const startMs = Math.floor(nowMs / 1_000) * 1_000 - 60_000;
  const schedule = { startAt: new Date(startMs).toISOString(), startingDeadline: '10m' };
  const [old] = await db.query<{ uid: string }>(
    `insert into stream_test (namespace, name, spec) values ('default', 'old', $1) returning uid`,
    [JSON.stringify({ ...spec, schedule })],
  );
  const timing = { interval: '5s', duration: '1h', schedule: JSON.stringify(schedule) };
  const uid = old?.uid ?? '';
  await db.query(
    `insert into run (test_uid, number, reason, start_ms, planned_end_ms, timing) values ($1, 1, 'Schedule', $2, $3, $4)`,
    [uid, startMs, startMs + 3_600_000, JSON.stringify(timing)],
  );
  await migrate(db, logger);
  const epoch = (await acquireLeadership(db, 'me')) ?? 0;
  const outcome = await planTest(db, { epoch, cluster: 'c', uid });
  assert.deepEqual([outcome.run?.number, outcome.run?.endMs, outcome.happenings], [1, null, []]);
  const [run] = await db.query<{ due: number }>('select due_ms::float8 as due from run');
  assert.equal(run?.due, startMs);
  await db.close();
});

test('a database belongs to the cluster that it began in', async () => {
  const made = await clusterId(store.db);
  assert.match(made, /^[0-9a-f-]{36}$/);
  assert.equal(await clusterId(store.db), made);
  assert.equal(await clusterId(store.db, made), made);
  await assert.rejects(
    clusterId(store.db, 'another'),
    (error: Error) => error instanceof WrongCluster && error.message.includes(made),
  );
  const db = openDatabase({ url: postgres.url, logger });
  await migrate(db, logger);
  assert.equal(await clusterId(db, 'uid-of-kube-system'), 'uid-of-kube-system');
  assert.equal(await clusterId(db), 'uid-of-kube-system');
  await assert.rejects(clusterId(db, 'uid-of-another'), WrongCluster);
  await db.close();
});

test('a stream closes after the batches that are being stored: none of their slots is due after its end', async () => {
  await store.addAgent('busy');
  const wish = wishOf('stopped', spec);
  await store.plan(wish.uid, { wish });
  const annotations = { [STOP_NOW_ANNOTATION]: 'now' };
  const stop = wishOf('stopped', spec, { uid: wish.uid, annotations });
  const { promise: stored, resolve: finish } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const batch = store.db.transaction(async (tx) => {
    await lockAgent(tx, 'busy');
    begin();
    await stored;
    return clockMs(tx);
  });
  await begun;
  const planning = store.plan(wish.uid, { wish: stop });
  await waitUntil('the planner to wait for the batch', async () => {
    const waiting = await store.db.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted`,
    );
    return waiting.length > 0;
  });
  finish();
  const storedMs = await batch;
  const outcome = await planning;
  assert.equal(outcome.run?.result, 'Stopped');
  const [span] = await store.spansOf(wish.uid);
  assert.ok((span?.toMs ?? 0) >= storedMs, `${span?.toMs} >= ${storedMs}`);
});
