import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RUN_NOW_ANNOTATION, type StreamTestSpec } from '@streamswarm/contract';
import { type PlannedStore, startPlannedStore, wishOf } from '../support/planned-store.ts';

let store: PlannedStore;
before(async () => {
  store = await startPlannedStore();
  for (const id of ['alpha', 'beta']) await store.addAgent(id);
});
after(() => store.stop());

const spec: StreamTestSpec = {
  destinations: [{ name: 'edge', host: '198.18.0.1' }],
  probes: [{ icmp: {} }],
  interval: '5s',
};
const edited: StreamTestSpec = {
  ...spec,
  destinations: [...spec.destinations, { name: 'two', host: '198.18.0.2' }],
};
const stored = async (uid: string) => {
  const [row] = await store.db.query<{
    generation: number;
    version: string;
    destinations: number;
    deleted: boolean;
  }>(
    `select generation, resource_version::text as version, jsonb_array_length(spec -> 'destinations') as destinations,
       deleted_at is not null as deleted from stream_test where uid = $1`,
    [uid],
  );
  return row;
};
const open = async (uid: string) => (await store.spansOf(uid)).filter((span) => span.toMs === null).length;
const revision = async () => {
  const [row] = await store.db.query<{ revision: string }>('select revision from leadership');
  return row?.revision;
};

test('a wish is stored and planned in one step, with its uid, generation and version', async () => {
  const wish = wishOf('first', spec, { generation: 3 });
  const outcome = await store.plan(wish.uid, { wish });
  assert.deepEqual(outcome.test, { namespace: 'shop', name: 'first', generation: 3, deleted: false });
  assert.deepEqual(
    [outcome.changed, outcome.run?.number, outcome.run?.reason, outcome.assignedAgents, outcome.streams],
    [true, 1, 'Created', 2, 2],
  );
  assert.deepEqual(
    outcome.happenings.map(({ reason, warning }) => [reason, warning]),
    [['RunStarted', false]],
  );
  assert.deepEqual(await stored(wish.uid), {
    generation: 3,
    version: wish.resourceVersion,
    destinations: 1,
    deleted: false,
  });
  const again = await store.plan(wish.uid, { wish });
  assert.deepEqual(
    [again.changed, again.happenings, again.run, again.streams],
    [false, [], outcome.run, 2],
    'the same again changes nothing and says the same',
  );
  const events = await store.db.query<{ reason: string }>(
    `select reason from event where test = 'first' order by id`,
  );
  assert.deepEqual(
    events.map((event) => event.reason),
    ['TestCreated', 'RunStarted'],
  );
});

test('an older version never overwrites a newer one, in whatever order they come', async () => {
  const old = wishOf('order', spec);
  const { uid } = old;
  const next = wishOf('order', edited, { uid, generation: 2 });
  await store.plan(uid, { wish: next });
  const before = await store.spansOf(uid);
  const outcome = await store.plan(uid, { wish: old });
  assert.deepEqual([outcome.changed, outcome.test?.generation, outcome.streams], [false, 2, 4]);
  assert.deepEqual(await store.spansOf(uid), before);
  assert.equal((await stored(uid))?.version, next.resourceVersion);
});

test('versions are compared as big integers: as texts or as doubles these would be in another order', async () => {
  const uid = wishOf('x', spec).uid;
  const at = (resourceVersion: string, generation: number) =>
    wishOf('digits', generation === 2 ? edited : spec, { uid, resourceVersion, generation });
  await store.plan(uid, { wish: at('9007199254740993', 1) });
  await store.plan(uid, { wish: at('9007199254740992', 2) });
  assert.equal((await stored(uid))?.generation, 1, 'one less, though equal as a double');
  await store.plan(uid, { wish: at('10000000000000000', 2) });
  assert.equal((await stored(uid))?.generation, 2, 'greater, though smaller as a text');
});

test('a status write moves the version and plans nothing', async () => {
  const wish = wishOf('status', spec);
  await store.plan(wish.uid, { wish });
  const planned = await revision();
  const later = wishOf('status', spec, { uid: wish.uid });
  const outcome = await store.plan(wish.uid, { wish: later });
  assert.deepEqual([outcome.changed, await revision()], [false, planned]);
  assert.equal((await stored(wish.uid))?.version, later.resourceVersion);
});

test('an edit, an annotation: the copy follows', async () => {
  const wish = wishOf('edit', spec);
  const { uid } = wish;
  const first = await store.plan(uid, { wish });
  const more = await store.plan(uid, { wish: wishOf('edit', edited, { uid, generation: 2 }) });
  assert.deepEqual([more.run?.id, more.streams], [first.run?.id, 4], 'the same run goes on');
  const annotations = { [RUN_NOW_ANNOTATION]: 'please' };
  const asked = wishOf('edit', edited, { uid, generation: 2, annotations });
  const again = await store.plan(uid, { wish: asked });
  assert.deepEqual(
    [again.run?.reason, again.happenings.map(({ reason }) => reason)],
    ['RunNow', ['RunReplaced', 'RunStarted']],
  );
  assert.equal((await store.plan(uid, { wish: asked })).changed, false, 'it is asked for once');
});

test('gone: the run ends, streams close, results stay; again it is nothing new', async () => {
  const wish = wishOf('gone', spec);
  const { uid } = wish;
  await store.plan(uid, { wish });
  const outcome = await store.plan(uid, { wish: { kind: 'gone' } });
  assert.deepEqual([outcome.test?.deleted, outcome.run?.result, outcome.streams], [true, 'Deleted', 0]);
  assert.equal(await open(uid), 0);
  assert.equal((await store.plan(uid, { wish: { kind: 'gone' } })).changed, false);
  const never = await store.plan('00000000-0000-4000-8000-000000000000', { wish: { kind: 'gone' } });
  assert.deepEqual([never.test, never.changed], [null, false]);
});

test('taken for gone by a cache that was behind: it goes on when the cache has caught up', async () => {
  const wish = wishOf('late', spec);
  const { uid } = wish;
  await store.plan(uid, { wish });
  await store.plan(uid, { wish: { kind: 'gone' } });
  const outcome = await store.plan(uid, { wish });
  assert.deepEqual([outcome.test?.deleted, outcome.run?.number, outcome.run?.reason], [false, 2, 'Resumed']);
  assert.equal(await open(uid), 2);
});

test('deleted and made again under the same name: both are what they are, whoever is seen first', async () => {
  const old = wishOf('again', spec);
  const fresh = wishOf('again', edited);
  await store.plan(old.uid, { wish: old });
  const outcome = await store.plan(fresh.uid, { wish: fresh });
  assert.deepEqual([outcome.run?.number, outcome.streams], [1, 4]);
  assert.deepEqual(
    [(await stored(old.uid))?.deleted, await open(old.uid)],
    [true, 0],
    'the old one is closed with it',
  );
  assert.deepEqual(
    (await store.runsOf(old.uid)).map(({ result }) => result),
    ['Deleted'],
  );
  const stale = await store.plan(old.uid, { wish: old });
  assert.deepEqual([stale.test?.deleted, stale.changed], [true, false], 'an old copy does not come back');
  assert.equal(await open(fresh.uid), 4);
  await store.plan(old.uid, { wish: { kind: 'gone' } });
  assert.equal(await open(fresh.uid), 4);
});

test('without a wish the stored test goes on', async () => {
  const wish = wishOf('stored', spec);
  await store.plan(wish.uid, { wish });
  await store.addAgent('gamma');
  const outcome = await store.plan(wish.uid);
  assert.deepEqual([outcome.changed, outcome.assignedAgents], [true, 3]);
  await store.db.query(`delete from span where agent_id = 'gamma'`);
  await store.db.query(`delete from agent where id = 'gamma'`);
});

test('only the agents concerned are told, in their ids', async () => {
  const told: string[] = [];
  const off = store.db.listen('streamswarm_plan', (payload) => told.push(payload));
  const heard = async (wanted: number) => {
    while (told.filter((payload) => payload !== '').length < wanted)
      await new Promise((resolve) => setImmediate(resolve));
  };
  // The listener says '' once it stands; before that a notification could be missed.
  while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const wish = wishOf('told', { ...spec, sources: { agents: { matchLabels: { site: 'x' } } } });
  await store.addAgent('delta', { labels: { site: 'x' } });
  await store.plan(wish.uid, { wish });
  await heard(1);
  assert.deepEqual(told.at(-1), '["delta"]');
  off();
});
