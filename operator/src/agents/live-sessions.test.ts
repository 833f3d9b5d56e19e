import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { liveSessions } from './live-sessions.ts';

function setUp(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let nowMs = 0;
  let asked = 0;
  let isAway = false;
  let say: (agentId: string) => void = () => undefined;
  const stored = new Map<string, { agentId: string; endsMs: number }>();
  const sessions = liveSessions({
    async find(key) {
      asked++;
      if (isAway) throw new Error('no database');
      const found = stored.get(key);
      return found === undefined || found.endsMs <= nowMs
        ? null
        : { agentId: found.agentId, leftMs: found.endsMs - nowMs };
    },
    onChange(handler) {
      say = handler;
      return () => undefined;
    },
    monotonicMs: () => nowMs,
  });
  return {
    sessions,
    stored,
    asked: () => asked,
    say: (agentId: string) => say(agentId),
    setAway: (away: boolean) => {
      isAway = away;
    },
    async pass(ms: number) {
      nowMs += ms;
      t.mock.timers.tick(ms);
      await turn();
    },
  };
}

test('a token is asked for once in ten seconds, and never beyond its end', async (t) => {
  const { sessions, stored, asked, pass } = setUp(t);
  stored.set('k', { agentId: 'a', endsMs: 14_000 });
  for (const ms of [0, 5_000, 5_001, 3_000]) {
    await pass(ms);
    assert.deepEqual(await sessions.find('k'), { agentId: 'a', key: 'k' });
  }
  assert.equal(asked(), 2);
  await pass(1_000);
  assert.equal(await sessions.find('k'), null);
});

test('a newer session of the agent ends the older one at once, and no other', async (t) => {
  const { sessions, stored, say, pass } = setUp(t);
  const closed = new AbortController().signal;
  for (const [key, agentId] of [
    ['a1', 'a'],
    ['b1', 'b'],
  ] as const) {
    stored.set(key, { agentId, endsMs: 1e9 });
    await sessions.find(key);
  }
  const a = sessions.watch({ agentId: 'a', key: 'a1' }, closed);
  const b = sessions.watch({ agentId: 'b', key: 'b1' }, closed);
  await pass(0);
  assert.deepEqual([a.signal.aborted, b.signal.aborted], [false, false]);
  stored.delete('a1');
  say('a');
  await pass(0);
  assert.deepEqual([a.signal.aborted, b.signal.aborted], [true, false]);
  assert.equal(await sessions.find('a1'), null, 'what was remembered of it is forgotten');
  stored.delete('b1');
  // Notices were missed: everything is looked at again.
  say('');
  await pass(0);
  assert.equal(b.signal.aborted, true);
});

test('a stream ends with the time of its session, with its request, and when its session was gone before', async (t) => {
  const { sessions, stored, pass } = setUp(t);
  const closing = new AbortController();
  stored.set('k', { agentId: 'a', endsMs: 5_000 });
  const byTime = sessions.watch({ agentId: 'a', key: 'k' }, new AbortController().signal);
  const byRequest = sessions.watch({ agentId: 'a', key: 'k' }, closing.signal);
  const gone = sessions.watch({ agentId: 'a', key: 'was-there' }, new AbortController().signal);
  await pass(0);
  assert.equal(gone.signal.aborted, true);
  closing.abort();
  assert.equal(byRequest.signal.aborted, true);
  await pass(4_999);
  assert.equal(byTime.signal.aborted, false);
  await pass(1);
  assert.equal(byTime.signal.aborted, true);
});

test('a database that is away ends nothing', async (t) => {
  const { sessions, stored, setAway, say, pass } = setUp(t);
  stored.set('k', { agentId: 'a', endsMs: 60_000 });
  const watch = sessions.watch({ agentId: 'a', key: 'k' }, new AbortController().signal);
  await pass(0);
  setAway(true);
  say('a');
  await pass(15_000);
  assert.equal(watch.signal.aborted, false);
  setAway(false);
  await pass(45_000);
  await pass(10_000);
  assert.equal(watch.signal.aborted, true);
  watch.release();
});
