import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { StreamTestSpec } from '@streamswarm/contract';
import type { Database, Transaction } from '@streamswarm/operator/store/database';
import {
  acquireLeadership,
  beginPlanning,
  NotLeading,
  PLANNING_IDLE_MS,
} from '@streamswarm/operator/store/planning/leadership';
import { planTest } from '@streamswarm/operator/store/planning/plan-test';
import { type PlannedStore, startPlannedStore, wishOf } from '../support/planned-store.ts';
import { seededRandom } from '../support/seeded-random.ts';

const SEED = Number(process.env['SEED'] ?? 20_260_301);
const ROUNDS = 200;

let store: PlannedStore;
before(async () => {
  store = await startPlannedStore();
  for (const id of ['alpha', 'beta']) await store.addAgent(id);
});
after(() => store.stop());

const START = Date.parse('2026-03-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const spec: StreamTestSpec = {
  destinations: [{ name: 'edge', host: '198.18.0.1' }],
  probes: [{ icmp: {} }],
  interval: '5s',
  duration: '10m',
  schedule: { cron: '0 * * * *' },
};

/** The same database, but each query waits a moment first, so that transactions meet in every order. */
function jittered(db: Database, random: () => number): Database {
  const pause = () => delay(Math.floor(random() * 3));
  return {
    ...db,
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      await pause();
      return db.query<Row>(text, values);
    },
    transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
      db.transaction((tx) =>
        work({
          ...tx,
          query: async <Row>(text: string, values?: readonly unknown[]) => {
            await pause();
            return tx.query<Row>(text, values);
          },
        }),
      ),
  };
}

async function takeOver(db: Database, holder: string): Promise<number> {
  await db.query(`update leadership set expires_at = 'epoch'`);
  const epoch = await acquireLeadership(db, holder);
  assert.ok(epoch !== null);
  return epoch;
}

test(`no run starts twice in ${ROUNDS} random interleavings of planners, epochs and take-overs`, {
  timeout: 300_000,
}, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = seededRandom(SEED);
  const wish = wishOf('cron', spec, { createdMs: START });
  const jittery = jittered(store.db, random);
  const as = (epoch: number, at: number) =>
    planTest(jittery, { epoch, cluster: 'c', uid: wish.uid, wish, at: () => at });
  let epoch = store.epoch;
  let refused = 0;
  let planned = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const at = START + round * HOUR_MS + Math.floor(random() * 240_000);
    const deposed = epoch;
    const takesOver = random() < 0.5;
    const calls = Array.from({ length: 2 + Math.floor(random() * 3) }, () =>
      delay(Math.floor(random() * 8)).then(() => as(deposed, at)),
    );
    const next = takesOver
      ? delay(Math.floor(random() * 12)).then(() => takeOver(store.db, `holder-${round}`))
      : Promise.resolve(epoch);
    const settled = await Promise.allSettled([...calls, next.then((mine) => as(mine, at))]);
    for (const result of settled) {
      if (result.status === 'fulfilled') planned++;
      else {
        assert.ok(result.reason instanceof NotLeading, String(result.reason));
        refused++;
      }
    }
    epoch = await next;
    if (deposed !== epoch) await assert.rejects(as(deposed, at), NotLeading);
    await as(epoch, at);
  }
  const runs = await store.runsOf(wish.uid);
  assert.equal(runs.length, ROUNDS);
  assert.equal(new Set(runs.map(({ dueMs }) => dueMs)).size, ROUNDS, 'one run for each due time');
  assert.deepEqual(
    runs.map(({ number }) => number),
    Array.from({ length: ROUNDS }, (_, i) => i + 1),
  );
  const spans = await store.spansOf(wish.uid);
  assert.equal(spans.length, 2 * ROUNDS, 'and one span for each of its streams');
  t.diagnostic(`${planned} plans, ${refused} refused`);
  assert.ok(refused > 0);
  store.epoch = epoch;
});

test('a deposed planner changes nothing, whatever it wants', async () => {
  const wish = wishOf('deposed', { ...spec, duration: '1h' });
  await store.plan(wish.uid, { wish });
  const old = store.epoch;
  store.epoch = await takeOver(store.db, 'the next');
  const before = await store.db.query('select * from stream_test order by uid');
  for (const options of [
    { wish: wishOf('deposed', spec, { uid: wish.uid, generation: 2 }) },
    { wish: wishOf('another', spec) },
    { wish: { kind: 'gone' as const } },
    {},
  ]) {
    await assert.rejects(store.plan(wish.uid, { ...options, epoch: old }), NotLeading);
  }
  assert.deepEqual(await store.db.query('select * from stream_test order by uid'), before);
});

test('a planner that freezes in the middle of a plan does not hold the lease', async (t) => {
  const { promise: frozen, resolve: thaw } = Promise.withResolvers<void>();
  const { promise: holds, resolve: held } = Promise.withResolvers<void>();
  const planning = store.db.transaction(async (tx) => {
    await beginPlanning(tx, store.epoch);
    await tx.query(`update stream_test set name = 'never' where name = 'deposed'`);
    held();
    await frozen;
    await tx.query('select 1');
  });
  await holds;
  const asked = performance.now();
  // This waits for the row that the frozen one has locked, until Postgres ends its session.
  const epoch = await takeOver(store.db, 'a living one');
  t.diagnostic(
    `took over after ${Math.round(performance.now() - asked)} ms; Postgres waits ${PLANNING_IDLE_MS} ms`,
  );
  thaw();
  await assert.rejects(planning);
  store.epoch = epoch;
  assert.deepEqual(await store.db.query(`select 1 from stream_test where name = 'never'`), []);
});
