import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import type { ServiceFacts } from '@streamswarm/operator/domain/assignments/service-target';
import { NotLeading } from '@streamswarm/operator/store/planning/leadership';
import { agents } from '@streamswarm/operator/store/queries/agents';
import { standingsOfTests } from '@streamswarm/operator/store/queries/tests/standings-of-tests';
import { type PlannedStore, startPlannedStore, wishOf } from '../support/planned-store.ts';

let store: PlannedStore;
before(async () => {
  store = await startPlannedStore();
  await store.addAgent('alpha', { kind: 'Node', nodeName: 'worker-1', labels: { zone: 'a' } });
});
after(() => store.stop());

const spec: StreamTestSpec = {
  destinations: [{ name: 'checkout', service: { name: 'checkout' } }],
  probes: [{ tcp: {} }],
  interval: '5s',
};
const checkout = (endpoints: ServiceFacts['endpoints']): ServiceFacts => ({
  clusterIp: '198.18.9.9',
  ports: [{ name: 'https', port: 443 }],
  endpoints,
});
const ready = checkout([{ address: '198.18.1.1', ports: [{ name: 'https', port: 443 }], ready: true }]);
const standing = async (uid: string) => {
  const found = (await standingsOfTests(store.db, [uid])).get(uid);
  return [found?.streams, found?.problems.map(({ reason, destination }) => [reason, destination])];
};
/** Changes with each write of the row. */
const written = async (uid: string) => {
  const [row] = await store.db.query<{ xmin: string }>(
    'select xmin::text as xmin from stream_test where uid = $1',
    [uid],
  );
  return row?.xmin;
};

test('what stands in the way is stored with the plan, and again only when it changes', async () => {
  const wish = wishOf('stalled', spec);
  const { uid } = wish;
  await store.plan(uid, { wish, services: () => null });
  assert.deepEqual(await standing(uid), [0, [['ServiceNotFound', 'checkout']]]);
  const before = await written(uid);
  const again = await store.plan(uid, { wish, services: () => null });
  assert.deepEqual([again.changed, await written(uid)], [false, before]);

  await store.plan(uid, { wish, services: () => ready });
  assert.deepEqual(await standing(uid), [1, []]);
});

test('a change that touches no stream is stored and told, and moves no plan', async () => {
  const wish = wishOf('endpoints', spec);
  const { uid } = wish;
  await store.plan(uid, { wish, services: () => ready });
  const revision = async () =>
    (await store.db.query<{ revision: string }>('select revision from leadership'))[0]?.revision;
  const planned = await revision();
  const listening = Promise.withResolvers<void>();
  const told = Promise.withResolvers<unknown>();
  const stop = store.db.listen('streamswarm_live', (payload) => {
    if (payload === '') listening.resolve();
    else told.resolve(JSON.parse(payload));
  });
  await listening.promise;
  // The test's status was written meanwhile: only its version moved.
  const later = wishOf('endpoints', spec, { uid });
  const outcome = await store.plan(uid, { wish: later, services: () => checkout([]) });
  assert.deepEqual([outcome.changed, await revision()], [false, planned]);
  assert.deepEqual(await standing(uid), [1, [['NoEndpoints', 'checkout']]]);
  assert.deepEqual(await told.promise, { entity: 'tests', key: 'shop/endpoints' });
  stop();
});

test('who leads no longer stores nothing', async () => {
  const wish = wishOf('fenced', spec);
  await store.plan(wish.uid, { wish, services: () => ready });
  await assert.rejects(
    store.plan(wish.uid, { wish, services: () => checkout([]), epoch: store.epoch - 1 }),
    NotLeading,
  );
  assert.deepEqual(await standing(wish.uid), [1, []]);
});

test('an agent that is gone is listed only where it is asked for', async () => {
  await store.addAgent('beta', { kind: 'Node', nodeName: 'worker-2', labels: { zone: 'b' } });
  await store.db.query(`update agent set gone_at = now(), suspended = true where id = 'beta'`);
  const listed = async (wish?: { gone?: boolean; name?: string }) =>
    (await agents(store.db, wish)).map(({ name, nodeName, labels, suspended, gone }) => [
      name,
      nodeName,
      labels,
      suspended,
      gone,
    ]);
  const alpha = ['alpha', 'worker-1', { zone: 'a' }, false, false];
  const beta = ['beta', 'worker-2', { zone: 'b' }, true, true];
  assert.deepEqual(await listed(), [alpha]);
  assert.deepEqual(await listed({ gone: true }), [alpha, beta]);
  assert.deepEqual(await listed({ gone: true, name: 'beta' }), [beta]);
});
