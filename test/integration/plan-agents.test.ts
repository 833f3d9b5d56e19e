import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StreamTestSpec, slotsDueIn, streamKey } from '@streamswarm/contract';
import type { ServiceFacts } from '@streamswarm/operator/domain/assignments/service-target';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { clockMs } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { planOfAgent } from '@streamswarm/operator/store/planning/plan-of-agent';
import { agents } from '@streamswarm/operator/store/queries/agents';
import { clusterAgents } from '@streamswarm/operator/store/queries/cluster-agents';
import { resultGroups } from '@streamswarm/operator/store/queries/results/result-groups';
import { planRevisions } from '@streamswarm/operator/store/queries/tests/plan-revisions';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { type PlannedStore, startPlannedStore, wishOf } from '../support/planned-store.ts';
import { icmpBatch, wordOf } from '../support/sample-batch.ts';

let store: PlannedStore;
before(async () => {
  store = await startPlannedStore();
  for (const n of [1, 2, 3]) {
    await store.addAgent(`w${n}`, {
      kind: 'Node',
      nodeName: `worker-${n}`,
      address: `198.18.0.${n}`,
      labels: { zone: n === 1 ? 'a' : 'b' },
    });
  }
});
after(() => store.stop());

const mesh: StreamTestSpec = {
  destinations: [{ name: 'all', agents: {} }],
  probes: [{ icmp: {} }],
  interval: '1s',
};
const place = { labels: { zone: 'b' }, nodeLabels: null, address: '198.18.0.3', suspended: false };
const open = async (uid: string) =>
  (await store.spansOf(uid))
    .filter((span) => span.toMs === null)
    .map(({ agentId, endpoint, host }) => `${agentId} ${endpoint} ${host}`);

test('a mesh: a span for each pair, with the far agent in its key and its address as target', async () => {
  const wish = wishOf('mesh', mesh);
  const outcome = await store.plan(wish.uid, { wish });
  assert.deepEqual([outcome.assignedAgents, outcome.streams, outcome.problems], [3, 6, []]);
  assert.deepEqual(await open(wish.uid), [
    'w1 w2 198.18.0.2',
    'w1 w3 198.18.0.3',
    'w2 w1 198.18.0.1',
    'w2 w3 198.18.0.3',
    'w3 w1 198.18.0.1',
    'w3 w2 198.18.0.2',
  ]);
  const plan = await planOfAgent(store.db, 'w1');
  const identity = { cluster: 'c', testUid: wish.uid, agent: 'w1', destination: 'all', probe: 'icmp' };
  assert.deepEqual(
    plan.assignments
      .find((assignment) => assignment.test === 'mesh')
      ?.spans.map(({ stream, target }) => [stream, target]),
    ['w2', 'w3'].map((endpoint, i) => [
      `${streamKey({ ...identity, endpoint })}`,
      { destination: 'all', host: `198.18.0.${i + 2}`, port: null },
    ]),
  );
});

test('an agent moves, is suspended, comes back: its streams follow, the others keep theirs', async () => {
  const wish = wishOf('moves', { ...mesh, sources: { nodes: ['worker-1', 'worker-3'] } });
  await store.plan(wish.uid, { wish });
  const { setPlace } = clusterAgents(store.db);
  const before = await store.spansOf(wish.uid);
  await setPlace('w3', { ...place, address: '198.18.0.33' });
  await store.plan(wish.uid);
  const moved = await store.spansOf(wish.uid);
  assert.deepEqual(
    moved.map(({ id, toMs }) => [id, toMs]),
    before.map(({ id }) => [id, null]),
    'another address is the same series in the same span',
  );
  assert.ok((await open(wish.uid)).includes('w1 w3 198.18.0.33'));
  await setPlace('w3', { ...place, suspended: true });
  const suspended = await store.plan(wish.uid);
  assert.deepEqual([suspended.assignedAgents, suspended.problems], [1, []]);
  assert.deepEqual(await open(wish.uid), ['w1 w2 198.18.0.2'], 'neither source nor far end');
  await setPlace('w3', place);
  const lifted = await store.plan(wish.uid);
  assert.equal(lifted.streams, 4);
  assert.equal((await store.plan(wish.uid)).changed, false);
});

test('a Service that appears, moves and goes: only its streams come, follow and go', async () => {
  const wish = wishOf('service', {
    destinations: [
      { name: 'checkout', service: { name: 'checkout', port: 'https' } },
      { name: 'edge', host: '198.18.0.9' },
    ],
    probes: [{ tcp: {} }],
    sources: { nodes: ['worker-1'] },
  });
  let facts: ServiceFacts | null = null;
  const services = (namespace: string, name: string) =>
    namespace === 'shop' && name === 'checkout' ? facts : null;
  const targets = async () =>
    (await store.spansOf(wish.uid))
      .filter((span) => span.toMs === null)
      .map(({ destination, host, port }) => `${destination} ${host}:${port}`);
  const plan = () => store.plan(wish.uid, { wish, services });
  const missing = await plan();
  assert.deepEqual(
    missing.problems.map(({ reason, destination }) => [reason, destination]),
    [['ServiceNotFound', 'checkout']],
  );
  assert.deepEqual(await targets(), ['edge 198.18.0.9:443']);
  const endpoint = { address: '198.18.1.1', ports: [{ name: 'https', port: 8_443 }], ready: true };
  facts = { clusterIp: '198.18.200.1', ports: [{ name: 'https', port: 443 }], endpoints: [endpoint] };
  assert.deepEqual((await plan()).problems, []);
  assert.deepEqual(await targets(), ['edge 198.18.0.9:443', 'checkout 198.18.200.1:443']);
  facts = { ...facts, clusterIp: null };
  await plan();
  assert.deepEqual(await targets(), ['edge 198.18.0.9:443', 'checkout 198.18.1.1:8443'], 'headless now');
  facts = { ...facts, endpoints: [{ ...endpoint, ready: false }] };
  assert.deepEqual(
    (await plan()).problems.map(({ reason, stops }) => [reason, stops]),
    [['NoEndpoints', true]],
  );
  assert.deepEqual(await targets(), ['edge 198.18.0.9:443']);
});

test('nodes by name: one that nobody runs on is a notice, and the rest measures', async () => {
  const wish = wishOf('names', { ...mesh, sources: { nodes: ['worker-2', 'worker-9'] } });
  const { assignedAgents, problems } = await store.plan(wish.uid, { wish });
  assert.deepEqual(
    [assignedAgents, problems.map(({ reason, stops }) => [reason, stops])],
    [1, [['NodeNotFound', false]]],
  );
});

test('a node is taken away: streams close, what it owed is dropped, and it comes back whole', async () => {
  const wish = wishOf('gone', { ...mesh, sources: { nodes: ['worker-1', 'worker-2'] } });
  const start = Math.floor((Date.now() - 120_000) / 60_000) * 60_000;
  await store.plan(wish.uid, { wish, at: () => start });
  const [span] = (await store.spansOf(wish.uid)).filter(
    (one) => one.agentId === 'w2' && one.endpoint === 'w1',
  );
  assert.ok(span);
  const partitions = managePartitions(store.db);
  // It answered ten slots but for one, and its last word covers them.
  await ingest(store.db, partitions, {
    agentId: 'w2',
    batch: icmpBatch(
      1,
      [0, 1, 2, 4, 5, 6, 7, 8, 9].map((slot) => ({ span: span.id, slot })),
    ),
    word: wordOf({ throughMs: start + 12_000, planRevision: 1_000_000 }),
    bytes: 1,
  });
  const line = async () => {
    const books = await loadBooks(store.db, { test: 'gone' });
    const own = books.agents.find((one) => one.agent === 'w2');
    assert.ok(own);
    assert.equal(
      own.scheduled,
      own.ok + own.lost + own.error + own.denied + own.dropped + own.pending + own.unaccounted,
    );
    return own;
  };
  const before = await line();
  assert.ok(before.pending > 0);
  const { markGone, setPlace } = clusterAgents(store.db);
  await markGone('w2');
  await markGone('w2');
  const outcome = await store.plan(wish.uid);
  assert.deepEqual(
    [outcome.assignedAgents, outcome.problems.map(({ reason }) => reason)],
    [1, ['NodeNotFound']],
  );
  assert.deepEqual(await open(wish.uid), ['w1 w3 198.18.0.3'], 'neither source nor far end');
  const after = await line();
  assert.deepEqual(
    [after.ok, after.pending, after.unaccounted, after.dropped, after.reasons['dropped.gone']],
    [before.ok, 0, before.unaccounted, after.scheduled - after.ok - after.unaccounted, after.dropped],
    'slots after its word are dropped; those before it stay as they are',
  );
  assert.ok(before.unaccounted > 0);
  const closed = (await store.spansOf(wish.uid)).filter((one) => one.agentId === 'w2');
  const expected = closed.reduce((sum, one) => {
    const due = slotsDueIn(
      { ...one, periodMs: 1_000, offsetMs: 0, fromMs: one.fromMs, toMs: one.toMs },
      0,
      Number.MAX_SAFE_INTEGER,
    );
    return sum + due.end - due.first;
  }, 0);
  assert.ok(Math.abs(after.scheduled - expected) <= closed.length, 'nothing is scheduled after it went');
  assert.equal(
    (await agents(store.db)).some((agent) => agent.id === 'w2'),
    false,
  );
  const events = await store.db.query(`select 1 from event where reason = 'AgentGone' and agent = 'w2'`);
  assert.equal(events.length, 1);
  await setPlace('w2', { ...place, labels: {}, address: '198.18.0.2' });
  const back = await store.plan(wish.uid);
  assert.deepEqual([back.assignedAgents, back.problems], [2, []]);
  assert.equal((await line()).reasons['dropped.gone'] ?? 0, 0, 'it may still answer');
});

test('series of a mesh stay apart by the far agent, and add up by destination', async () => {
  const [row] = await store.db.query<{ uid: string }>(`select uid from stream_test where name = 'mesh'`);
  assert.ok(row);
  const nowMs = await clockMs(store.db);
  const window = { fromMs: nowMs - 3_600_000, toMs: nowMs + 60_000 };
  const select = { testUid: row.uid, kind: 'icmp' as const, probe: null, agent: 'w1', destination: 'all' };
  const names = async (by: 'stream' | 'destination') =>
    (await resultGroups(store.db, { ...select, by }, window))
      .map(({ destination }) => destination)
      .toSorted();
  assert.deepEqual(await names('stream'), ['all/w2', 'all/w3']);
  assert.deepEqual(await names('destination'), ['all']);
  const revisions = await planRevisions(store.db, row.uid, { after: 0, limit: 2 });
  assert.deepEqual(
    revisions.map(({ agent, destination }) => [agent, destination]),
    [
      ['w1', 'all/w2'],
      ['w1', 'all/w3'],
    ],
  );
});
