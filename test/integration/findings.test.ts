import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Limit, limitsOf } from '@streamswarm/contract';
import type { Database } from '@streamswarm/operator/store/database';
import { listFindings } from '@streamswarm/operator/store/findings/list-findings';
import { watchLimits } from '@streamswarm/operator/store/findings/watch-limits';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { type PlantedSpan, plantTest } from '../support/planted-spans.ts';
import { batchOf, samplesOf, wordOf } from '../support/sample-batch.ts';
import { startTestStore, type TestStore } from '../support/test-store.ts';

const LIMIT = { metric: 'icmp.rtt_mean_seconds', above: '50ms', for: 3 };
const PERIOD = 1_000;

let store: TestStore;
let db: Database;
let testUid: string;
let span: PlantedSpan;
let startMs: number;
let seq = 0;
let slot = 0;

before(async () => {
  store = await startTestStore();
  ({ db } = store);
  const planter = await plantTest(db, 'limited');
  testUid = planter.testUid;
  await planter.addAgent('a');
  startMs = Date.now() - 60_000;
  const open = { agentId: 'a', destination: 'edge', startMs, periodMs: PERIOD, fromMs: startMs, toMs: null };
  span = await planter.addSpan(open);
  await setLimits([LIMIT]);
});
after(() => store.stop());

async function setLimits(thresholds: (typeof LIMIT)[]): Promise<void> {
  await db.query(`update stream_test set spec = jsonb_set(spec, '{thresholds}', $2::jsonb) where uid = $1`, [
    testUid,
    JSON.stringify(thresholds),
  ]);
}

/** One slot after the other, each with this round trip; null: it was lost. */
async function measure(...seconds: (number | null)[]): Promise<void> {
  const first = slot;
  slot += seconds.length;
  const slots = seconds.map((_, i) => first + i);
  const outcome = seconds.map((value) => (value === null ? 'lost' : 'ok') as 'lost' | 'ok');
  const table = samplesOf(span.id, slots, { rtt_mean_seconds: seconds }, { outcome });
  const word = wordOf({ seq, throughMs: startMs + slot * PERIOD });
  const batch = batchOf(seq++, 'icmp', table);
  await ingest(db, managePartitions(db), { agentId: 'a', word, batch, bytes: 1 });
  await watchLimits(db);
}

const findings = () => listFindings(db, { open: false, namespace: null, test: null, limit: 10 });
const events = async (): Promise<string[]> =>
  (await db.query<{ reason: string }>(`select reason from event where reason like 'Limit%' order by id`)).map(
    ({ reason }) => reason,
  );
const dueMs = (number: number): number => startMs + number * PERIOD + span.offsetMs;

test('a threshold is read in the unit of its metric', () => {
  assert.deepEqual(limitsOf({ thresholds: [LIMIT, { metric: 'icmp.loss_run_max', below: '1k' }] }), [
    { kind: 'icmp', metric: 'rtt_mean_seconds', side: 'above', bound: 0.05, slots: 3 },
    { kind: 'icmp', metric: 'loss_run_max', side: 'below', bound: 1_000, slots: 1 },
  ] satisfies Limit[]);
});

test('three slots in a row break the limit, a lost one between them says nothing, and one within ends it', async () => {
  await measure(0.01, 0.06, 0.07);
  assert.deepEqual(await findings(), [], 'two are not three');
  await measure(null, 0.08);
  const [broken, ...more] = await findings();
  assert.ok(broken !== undefined && more.length === 0);
  assert.deepEqual(
    [broken.test, broken.agent, broken.destination, broken.kind, broken.metric, broken.bound, broken.endedAt],
    ['limited', 'a', 'edge', 'icmp', 'rtt_mean_seconds', 0.05, null],
  );
  assert.equal(broken.beganAt.getTime(), dueMs(1), 'since the first slot that broke it');
  assert.ok(Math.abs(broken.value - 0.08) < 1e-6);
  await measure(0.09);
  await watchLimits(db);
  assert.equal((await findings()).length, 1, 'it is still the same');
  await measure(0.02);
  const [over] = await findings();
  assert.deepEqual([over?.endReason, over?.endedAt?.getTime()], ['Recovered', dueMs(6)]);
  assert.deepEqual(await events(), ['LimitBroken', 'LimitRecovered']);
});

test('many who look at once find it once', async () => {
  await measure(0.06, 0.07, 0.08);
  await db.query('delete from finding where ended_at is null');
  await Promise.all(Array.from({ length: 5 }, () => watchLimits(db)));
  assert.equal((await findings()).filter(({ endedAt }) => endedAt === null).length, 1);
});

test('a limit that is taken away, and a stream that ends, end what they had', async () => {
  await setLimits([]);
  await watchLimits(db);
  assert.equal((await findings())[0]?.endReason, 'Removed');
  await setLimits([LIMIT]);
  await watchLimits(db);
  assert.equal((await findings())[0]?.endedAt, null, 'it is broken still');
  await db.query('update span set to_ms = $2 where id = $1', [span.id, Date.now()]);
  await watchLimits(db);
  assert.equal((await findings())[0]?.endReason, 'Closed');
});
