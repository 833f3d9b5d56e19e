import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { SimulatedTimers } from './simulated-timers.ts';
import { startWorkQueue, TerminalError, type WorkQueue, type WorkQueueOptions } from './work-queue.ts';

const logger = pino({ level: 'silent' });

interface Rig {
  readonly timers: SimulatedTimers;
  readonly queue: WorkQueue;
  /** Of each call of process: when, and its key. */
  readonly calls: { readonly atMs: number; readonly key: string }[];
}

function rig(process: WorkQueueOptions['process'], options: Partial<WorkQueueOptions> = {}): Rig {
  const timers = new SimulatedTimers();
  const calls: { atMs: number; key: string }[] = [];
  const queue = startWorkQueue({
    logger,
    timers,
    random: () => 0,
    ...options,
    process(key) {
      calls.push({ atMs: timers.monotonicMs(), key });
      return process(key);
    },
  });
  return { timers, queue, calls };
}

test('a key is never worked twice at once, and once more where it is added meanwhile', async () => {
  let inWork = 0;
  let most = 0;
  let release = (): void => undefined;
  const { timers, queue, calls } = rig(
    async () => {
      most = Math.max(most, ++inWork);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      inWork--;
    },
    { concurrency: 4 },
  );
  queue.add('a');
  queue.add('a');
  await timers.pass(0);
  for (let n = 0; n < 5; n++) queue.add('a');
  assert.equal(queue.size(), 1);
  release();
  await timers.pass(0);
  assert.equal(calls.length, 2);
  release();
  await timers.pass(0);
  assert.equal(calls.length, 2);
  assert.equal(most, 1);
  assert.equal(queue.size(), 0);
});

test('so many keys are in work as there are workers, in the order in which they came', async () => {
  const releases: (() => void)[] = [];
  const { timers, queue, calls } = rig(() => new Promise<void>((resolve) => releases.push(resolve)), {
    concurrency: 2,
  });
  for (const key of ['a', 'b', 'c', 'd']) queue.add(key);
  await timers.pass(0);
  assert.deepEqual(
    calls.map(({ key }) => key),
    ['a', 'b'],
  );
  releases[1]?.();
  await timers.pass(0);
  assert.deepEqual(
    calls.map(({ key }) => key),
    ['a', 'b', 'c'],
  );
});

test('a failing key comes back after 5 ms, doubled up to 30 s, and forgets it when it succeeds', async () => {
  let isFailing = true;
  const { timers, queue, calls } = rig(async () => {
    if (isFailing) throw new Error('no');
  });
  queue.add('a');
  await timers.pass(200_000);
  const waits = calls.slice(1).map(({ atMs }, i) => atMs - (calls[i]?.atMs ?? 0));
  assert.deepEqual(waits.slice(0, 5), [5, 10, 20, 40, 80]);
  assert.equal(waits.at(-1), 30_000);
  isFailing = false;
  await timers.pass(30_000);
  const { length } = calls;
  await timers.pass(100_000);
  assert.equal(calls.length, length, 'a success ends it');
  isFailing = true;
  queue.add('a');
  await timers.pass(6);
  assert.equal((calls.at(-1)?.atMs ?? 0) - (calls.at(-2)?.atMs ?? 0), 5);
});

test('jitter only shortens a wait, by up to a quarter', async () => {
  const { timers, queue, calls } = rig(() => Promise.reject(new Error('no')), { random: () => 0.999 });
  queue.add('a');
  await timers.pass(4);
  const waitMs = calls[1]?.atMs ?? 0;
  assert.ok(waitMs > 3.7 && waitMs < 3.8, `${waitMs} ms`);
});

test('all retries together keep to the bucket', async () => {
  const { timers, queue, calls } = rig(() => Promise.reject(new Error('no')), {
    concurrency: 100,
    rate: { perSecond: 10, burst: 20 },
  });
  for (let n = 0; n < 100; n++) queue.add(`key-${n}`);
  await timers.pass(60_000);
  const retries = calls.length - 100;
  assert.ok(retries <= 20 + 60 * 10, `${retries} retries in a minute`);
  assert.ok(retries >= 60 * 10 - 100, `${retries} retries in a minute`);
});

test('the four outcomes are told apart and counted', async () => {
  const { timers, queue, calls } = rig(async (key) => {
    if (key === 'terminal') throw new TerminalError('never');
    if (key === 'failed' && calls.filter((call) => call.key === key).length === 1) throw new Error('no');
    return key === 'again' ? { againAfterMs: 60_000 } : undefined;
  });
  for (const key of ['done', 'again', 'failed', 'terminal']) queue.add(key);
  await timers.pass(59_000);
  assert.deepEqual(queue.outcomes(), { done: 2, again: 1, failed: 1, terminal: 1 });
  await timers.pass(2_000);
  assert.equal(queue.outcomes().again, 2);
});

test('of several delays of one key the earliest counts', async () => {
  const { timers, queue, calls } = rig(async () => undefined);
  queue.addAfter('a', 500);
  queue.addAfter('a', 100);
  queue.addAfter('a', 900);
  await timers.pass(2_000);
  assert.deepEqual(calls, [{ atMs: 100, key: 'a' }]);
});

test('what process throws at once is a failure like any other', async () => {
  const { timers, queue, calls } = rig(() => {
    throw new Error('not even a promise');
  });
  queue.add('a');
  await timers.pass(5);
  assert.equal(calls.length, 2);
  assert.equal(queue.outcomes().failed, 2);
});

test('stop waits for what is in work, drops the rest and leaves no timer', async () => {
  let release = (): void => undefined;
  const { timers, queue, calls } = rig(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  queue.add('a');
  queue.add('b');
  queue.addAfter('c', 10);
  await timers.pass(0);
  let isStopped = false;
  const stopped = queue.stop().then(() => {
    isStopped = true;
  });
  queue.add('d');
  queue.add('a');
  await timers.pass(100);
  assert.equal(isStopped, false);
  release();
  await stopped;
  await timers.pass(100);
  assert.deepEqual(
    calls.map(({ key }) => key),
    ['a'],
  );
  assert.equal(timers.pending, 0);
});
