import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEFAULT_RETENTION } from '@streamswarm/contract';
import { bindGuideStore, type GuideStore } from '@streamswarm/operator/store/queries/guide/guide-store';
import { dropSubmitted } from '@streamswarm/operator/store/retention/drop-submitted';
import { storedLevels } from '@streamswarm/operator/store/retention/stored-levels';
import { type PlannedStore, startPlannedStore, wishOf } from '../support/planned-store.ts';

const DAY_MS = 86_400_000;
const SPEC = { destinations: [{ name: 'a', host: '192.0.2.1' }], probes: [{ icmp: {} }] };

let store: PlannedStore;
let guide: GuideStore;
before(async () => {
  store = await startPlannedStore();
  guide = bindGuideStore(store.db);
});
after(() => store.stop());

const register = (hostname: string): Promise<number> =>
  guide.register({ hostname, ipAddress: '192.0.2.7', systemInfo: { cpu: 4 } });

test('a script keeps its number when its host gets an agent, and what it said of the machine is put aside', async () => {
  const id = await register('factory-7');
  assert.deepEqual(await guide.client(id).then((client) => [client?.agentId, client?.systemInfo]), [
    null,
    { cpu: 4 },
  ]);
  await store.addAgent('factory-7');
  assert.equal(await register('factory-7'), id);
  const client = await guide.client(id);
  assert.deepEqual([client?.agentId, client?.systemInfo, client?.agentOnline], ['factory-7', {}, true]);
  assert.equal((await guide.clients()).filter(({ hostname }) => hostname === 'factory-7').length, 1);
});

test('an agent has a number from its beginning, and one that is gone is no client', async () => {
  await store.addAgent('w1');
  const before = (await guide.clients()).find(({ agentId }) => agentId === 'w1');
  assert.ok(before);
  await store.db.query(`update agent set gone_at = clock_timestamp() where id = 'w1'`);
  assert.equal(await guide.client(before.id), null);
  const isThere = async (gone: boolean) => (await guide.clients({ gone })).some(({ id }) => id === before.id);
  assert.deepEqual(
    [await isThere(false), await isThere(true)],
    [false, true],
    'what it measured has its name',
  );
});

test('a script that was taken away and registers again is another client', async () => {
  const id = await register('script');
  assert.equal(await guide.removeClient(id), true);
  assert.equal(await guide.removeClient(id), false);
  assert.equal(await guide.keepAlive(id), false);
  assert.notEqual(await register('script'), id);
});

test('a test has one number, whether it is asked for before its copy is there or after', async () => {
  const wish = wishOf('numbered', SPEC);
  const id = await guide.numberTest(wish, []);
  await store.plan(wish.uid, { wish });
  assert.deepEqual(await guide.testIds([wish.uid]), new Map([[wish.uid, id]]));
  const other = wishOf('other', SPEC);
  await store.plan(other.uid, { wish: other });
  const number = (await guide.testIds([other.uid])).get(other.uid) ?? 0;
  assert.deepEqual(await guide.test(number), {
    id: number,
    uid: other.uid,
    namespace: 'shop',
    name: 'other',
  });
  assert.equal(await guide.numberTest(other, []), number);
});

test('what scripts submit is thinned by time, and what is no number is no point', async () => {
  const clientId = await register('submitter');
  const testId = await guide.numberTest(wishOf('submitted', SPEC), [clientId]);
  assert.equal(await guide.extent(testId), null);
  const submit = (atMs: number, fields: Record<string, unknown>) =>
    guide.submit({ testId, clientId, atMs, fields, submittedBy: 'ann' });
  await submit(1_000, { ping_latency: 10, cpu_percent: null });
  await submit(2_000, { ping_latency: 20, qos_policy_compliant: true });
  await submit(61_000, { ping_latency: 40, traffic_class: 'EF' });
  await submit(3_000, { fan_speeds_rpm: { a: 900 } });
  assert.deepEqual(await guide.extent(testId), { firstMs: 1_000, lastMs: 61_000, results: 4 });
  const points = await guide.points(testId, {
    fields: ['ping_latency', 'cpu_percent', 'qos_policy_compliant', 'traffic_class', 'fan_speeds_rpm'],
    window: { fromMs: 0, toMs: DAY_MS, stepMs: 60_000 },
  });
  assert.deepEqual(
    points.sort((a, b) => a.atMs - b.atMs || (a.field < b.field ? -1 : 1)),
    [
      { clientId, field: 'ping_latency', atMs: 1_000, value: 15 },
      { clientId, field: 'qos_policy_compliant', atMs: 2_000, value: 1 },
      { clientId, field: 'ping_latency', atMs: 61_000, value: 40 },
    ],
  );
  const rows = await guide.submitted({ testId, limit: 2 });
  assert.deepEqual(
    rows.map(({ at, client, fields }) => [at.getTime(), client, fields]),
    [
      [61_000, 'submitter', { ping_latency: 40, traffic_class: 'EF' }],
      [3_000, 'submitter', { fan_speeds_rpm: { a: 900 } }],
    ],
  );
});

test('what scripts submitted is kept as long as samples, from the day on which it came in', async () => {
  const { db } = store;
  const wish = wishOf('kept', SPEC);
  const testId = await guide.numberTest(wish, []);
  const clientId = await register('keeper');
  await db.query('delete from guide_result');
  const NOW = Date.parse('2026-12-10T15:00:00Z');
  for (const days of [9, 7.7, 7.6, 0]) {
    const given = {
      testId,
      clientId,
      atMs: Date.parse('2025-01-01T12:00:00Z'),
      submittedBy: 'ann',
      fields: {},
    };
    await guide.submit(given);
    await db.query('update guide_result set received_at = $1 where id = (select max(id) from guide_result)', [
      new Date(NOW - days * DAY_MS).toISOString(),
    ]);
  }
  const moved = 'update guide_result set received_at = $1 where id = (select min(id) from guide_result)';
  const oldest = async () => (await storedLevels(db)).raw.from;
  assert.equal(await oldest(), '2026-12-01T00:00:00.000Z');
  await db.query(moved, ['2025-06-01T12:00:00Z']);
  assert.equal(await oldest(), '2025-06-01T00:00:00.000Z', 'also what came in before anything was planned');
  assert.equal(await dropSubmitted(db, DEFAULT_RETENTION, NOW), false, 'that was all');
  // Seven days ago is 3 December: of that day all is kept.
  assert.equal(await oldest(), '2026-12-03T00:00:00.000Z');
  assert.equal((await guide.extent(testId))?.results, 2);
  await db.query('delete from guide_result');
  assert.equal(await oldest(), null);
});
