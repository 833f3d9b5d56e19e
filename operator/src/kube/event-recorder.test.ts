import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { type EventRecorderOptions, startEventRecorder } from './event-recorder.ts';
import { KubeError } from './kube-error.ts';
import { SimulatedTimers } from './simulated-timers.ts';

// How events are spread over time; what the API server makes of them is in test/cluster/kube/events.test.ts.
const regarding = {
  kind: 'ConfigMap',
  metadata: { namespace: 'shop', name: 'x', uid: 'u', resourceVersion: '1' },
};
const wish = { regarding, type: 'Normal', reason: 'Tick', note: 'tick', action: 'Tick' } as const;

function start(options: Partial<EventRecorderOptions> = {}): {
  timers: SimulatedTimers;
  writes: string[];
  server: { refusal: Error | null };
  recorder: ReturnType<typeof startEventRecorder>;
} {
  const timers = new SimulatedTimers();
  const writes: string[] = [];
  const server: { refusal: Error | null } = { refusal: null };
  const answer = async <T>(what: string): Promise<T> => {
    if (server.refusal !== null) throw server.refusal;
    writes.push(what);
    // Nobody reads the answer.
    return {} as T;
  };
  const recorder = startEventRecorder({
    client: {
      create: (_resource, draft) => answer(`create ${draft['reason']}`),
      mergePatch: (_resource, _ref, patch) => answer(`patch ${JSON.stringify(patch)}`),
    },
    controller: 'c',
    instance: 'i',
    logger: pino({ level: 'silent' }),
    timers,
    wallMs: () => timers.monotonicMs(),
    random: () => 0,
    ...options,
  });
  return { timers, writes, server, recorder };
}

test('a series that goes on is written every 30 s, whatever its rate, and its last count is written', async () => {
  const { timers, writes, recorder } = start();
  for (let second = 0; second < 300; second++) {
    recorder.record(wish);
    await timers.pass(1_000);
  }
  await timers.pass(60_000);
  assert.ok(writes.length >= 10 && writes.length <= 14, `${writes.length} writes`);
  assert.match(writes.at(-1) ?? '', /"count":300,/);
  await recorder.stop();
  assert.equal(timers.pending, 0);
});

test('after 6 min of quiet an equal event is a new one', async () => {
  const { timers, writes, recorder } = start();
  recorder.record(wish);
  await timers.pass(361_000);
  recorder.record(wish);
  await timers.pass(0);
  assert.deepEqual(writes, ['create Tick', 'create Tick']);
  await recorder.stop();
});

test('an API server that is away for long costs events, not memory, and they are counted', async () => {
  const { timers, writes, server, recorder } = start({
    perObject: { perSecond: 1, burst: 5_000 },
    inAll: { perSecond: 1, burst: 5_000 },
  });
  server.refusal = new KubeError('away', { status: 0, reason: 'Unreachable' });
  for (let n = 0; n < 1_500; n++) recorder.record({ ...wish, note: `note ${n}` });
  assert.equal(recorder.counts().dropped, 500, 'at most 1,000 wait');
  await timers.pass(3_600_000);
  assert.deepEqual(recorder.counts(), { written: 0, dropped: 1_500 });
  server.refusal = null;
  recorder.record(wish);
  await timers.pass(0);
  assert.deepEqual(writes, ['create Tick']);
  await recorder.stop();
});
