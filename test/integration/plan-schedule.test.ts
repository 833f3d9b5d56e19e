import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { STOP_NOW_ANNOTATION, type StreamTestSpec } from '@streamswarm/contract';
import { startRunsController } from '@streamswarm/operator/controllers/runs/runs-controller';
import { planTest } from '@streamswarm/operator/store/planning/plan-test';
import { listPlannable } from '@streamswarm/operator/store/queries/list-plannable';
import { postgresStreamTests } from '@streamswarm/operator/stream-tests/postgres-stream-tests';
import { pino } from 'pino';
import { type PlannedStore, type PresentWish, startPlannedStore, wishOf } from '../support/planned-store.ts';
import { waitUntil } from '../support/wait-until.ts';

let store: PlannedStore;
before(async () => {
  store = await startPlannedStore();
  await store.addAgent('alpha');
});
after(() => store.stop());

const at = (text: string): number => Date.parse(`2026-03-01T${text}Z`);
const spec: StreamTestSpec = {
  destinations: [{ name: 'edge', host: '198.18.0.1' }],
  probes: [{ icmp: {} }],
  interval: '5s',
  duration: '10m',
};
const hourly: StreamTestSpec = { ...spec, schedule: { cron: '0 * * * *' } };
const created = (name: string, of: StreamTestSpec, over: Partial<PresentWish> = {}) =>
  wishOf(name, of, { createdMs: at('11:30:00'), ...over });
/** Plans with Postgres's clock moved to this time. */
const planAt = (wish: PresentWish, time: string) => store.plan(wish.uid, { wish, at: () => at(time) });

test('cron: waits, runs in the time of the schedule, ends, runs again; between runs nothing is written', async () => {
  const wish = created('hourly', hourly);
  const first = await planAt(wish, '11:30:01');
  assert.deepEqual([first.run, first.nextRunMs, first.againMs], [null, at('12:00:00'), at('12:00:00')]);
  assert.equal((await planAt(wish, '11:59:59')).changed, false);
  const started = await planAt(wish, '12:00:00.030');
  assert.deepEqual(
    [started.run?.startMs, started.run?.plannedEndMs, started.run?.reason, started.nextRunMs],
    [at('12:00:00'), at('12:10:00'), 'Schedule', at('13:00:00')],
  );
  assert.equal((await planAt(wish, '12:05:00')).changed, false);
  const ended = await planAt(wish, '12:10:00.001');
  assert.deepEqual(
    [ended.run?.endMs, ended.run?.result, ended.streams, ended.againMs, ended.deleteAtMs],
    [at('12:10:00'), 'Complete', 0, at('13:00:00'), null],
  );
  await planAt(wish, '13:00:00.001');
  assert.deepEqual(
    (await store.runsOf(wish.uid)).map(({ number, dueMs, result }) => [number, dueMs, result]),
    [
      [1, at('12:00:00'), 'Complete'],
      [2, at('13:00:00'), null],
    ],
  );
  const [span] = await store.spansOf(wish.uid);
  assert.deepEqual(
    [span?.startMs, span?.fromMs, span?.toMs],
    [at('12:00:00'), at('12:00:00.030'), at('12:10:00')],
    'slots are counted from the due time, and measured from the plan on',
  );
});

test('cron: Forbid skips, Replace replaces, and both are said in events', async () => {
  for (const [policy, reasons, results] of [
    ['Forbid', ['RunSkipped'], [null]],
    ['Replace', ['RunReplaced', 'RunStarted'], ['Replaced', null]],
  ] as const) {
    const name = `policy-${policy.toLowerCase()}`;
    const wish = created(name, {
      ...spec,
      duration: '90m',
      schedule: { cron: '0 * * * *', concurrencyPolicy: policy },
    });
    await planAt(wish, '11:40:00');
    await planAt(wish, '12:00:00.001');
    const second = await planAt(wish, '13:00:00.001');
    assert.deepEqual(
      second.happenings.map(({ reason }) => reason),
      reasons,
    );
    assert.deepEqual(
      (await store.runsOf(wish.uid)).map(({ result }) => result),
      results,
    );
    assert.deepEqual((await planAt(wish, '13:00:00.002')).happenings, [], 'once');
    const events = await store.db.query<{ reason: string; warning: boolean }>(
      `select reason, warning from event where test = $1 and kind = 'run' order by id`,
      [name],
    );
    assert.deepEqual(
      events.map((event) => event.reason),
      ['RunStarted', ...reasons],
    );
    assert.equal(
      events.some((event) => event.warning),
      policy === 'Forbid',
    );
  }
});

test('cron: after an outage of days one run starts at most, and what was missed is said once', async () => {
  const wish = created('outage', hourly);
  await planAt(wish, '11:40:00');
  const days = 3 * 86_400_000;
  const back = (time: string) => store.plan(wish.uid, { wish, at: () => at(time) + days });
  const missed = await back('12:30:00');
  assert.deepEqual([missed.run, missed.happenings.map(({ reason }) => reason)], [null, ['RunMissed']]);
  const on = await back('13:02:00');
  assert.deepEqual(
    [on.run?.number, on.run?.startMs],
    [1, at('13:02:00') + days],
    'late, with its whole duration',
  );
  assert.deepEqual(
    (await store.runsOf(wish.uid)).map(({ dueMs }) => dueMs),
    [at('13:00:00') + days],
  );
});

test('startAt that was missed is a problem until somebody acts', async () => {
  const once = (startAt: string): StreamTestSpec => ({ ...spec, schedule: { startAt } });
  const wish = created('missed', once('2026-03-01T12:00:00Z'));
  await planAt(wish, '11:40:00');
  const missed = await planAt(wish, '12:06:00');
  assert.deepEqual(
    [missed.run, missed.problems.map(({ reason, stops }) => [reason, stops])],
    [null, [['StartMissed', true]]],
  );
  assert.deepEqual((await planAt(wish, '12:07:00')).problems, missed.problems);
  const moved = created('missed', once('2026-03-01T12:30:00Z'), { uid: wish.uid, generation: 2 });
  assert.deepEqual((await planAt(moved, '12:10:00')).problems, []);
  assert.equal((await planAt(moved, '12:30:00')).run?.reason, 'Schedule');
});

test('ttlAfterFinished: from the end of the last run on', async () => {
  const wish = created('short', { ...spec, ttlAfterFinished: '1h' });
  await planAt(wish, '12:00:00');
  const ended = await planAt(wish, '12:10:00');
  assert.deepEqual(
    [ended.run?.result, ended.deleteAtMs, ended.againMs],
    ['Complete', at('13:10:00'), at('13:10:00')],
  );
  const due = await planAt(wish, '13:10:00');
  assert.deepEqual([due.deleteAtMs, due.againMs, due.changed], [at('13:10:00'), null, false]);
});

test('an edit and a stop in one: stopped, and the edit starts nothing afterwards', async () => {
  const wish = created('stopped', spec);
  await planAt(wish, '12:00:00');
  const annotations = { [STOP_NOW_ANNOTATION]: 'now' };
  const stopped = created(
    'stopped',
    { ...spec, interval: '10s' },
    { uid: wish.uid, generation: 2, annotations },
  );
  assert.equal((await planAt(stopped, '12:01:00')).run?.result, 'Stopped');
  assert.equal((await planAt(stopped, '12:02:00')).changed, false);
});

test('without a cluster the controller deletes what is finished and keeps its results', async () => {
  const tests = postgresStreamTests(store.db);
  const manifest = (name: string, over: Partial<StreamTestSpec>) => ({
    apiVersion: 'streamswarm.dev/v1alpha1' as const,
    kind: 'StreamTest' as const,
    metadata: { name },
    spec: { ...spec, ...over },
  });
  for (const [name, over] of [
    ['kept', {}],
    ['swept', { ttlAfterFinished: '0s' }],
  ] as const) {
    await tests.apply(manifest(name, over), { mode: 'create', actor: 'test' });
  }
  const controller = startRunsController({
    plan: (uid) => planTest(store.db, { epoch: store.epoch, cluster: 'c', uid }),
    remove: (namespace, name) => tests.remove(namespace, name, 'ttlAfterFinished'),
    listUids: () => listPlannable(store.db),
    watchTests: tests.watch,
    logger: pino({ level: 'silent' }),
  });
  const running = async (name: string) =>
    (
      await store.db.query(
        `select 1 from run join stream_test on uid = test_uid where name = $1 and end_ms is null`,
        [name],
      )
    ).length === 1;
  await waitUntil('both run', async () => (await running('kept')) && (await running('swept')));
  for (const name of ['kept', 'swept'])
    await tests.annotate('default', name, { [STOP_NOW_ANNOTATION]: 'now' });
  await waitUntil('one is deleted', async () => (await tests.get('default', 'swept')) === null);
  await waitUntil('both are stopped', async () => !(await running('kept')) && !(await running('swept')));
  assert.notEqual(await tests.get('default', 'kept'), null);
  const [results] = await store.db.query<{ spans: number }>(
    `select count(*)::int4 as spans from span join stream_test on uid = test_uid where name = 'swept'`,
  );
  assert.equal(results?.spans, 1);
  await controller.stop();
});
