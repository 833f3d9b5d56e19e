import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import type { Assignment } from '@streamswarm/contract/wire/plan';
import { pino } from 'pino';
import { OperatorClock } from '../clock/operator-clock.ts';
import { systemTimers } from '../clock/timers.ts';
import type { PlanChange } from '../plan/plan.ts';
import { encodeBatchFile } from '../spool/batch-file.ts';
import { OpenBatch } from '../spool/open-batch.ts';
import { Spool } from '../spool/spool.ts';
import { NOTHING_VOUCHED } from '../spool/through-file.ts';
import { Backoff } from './backoff.ts';
import { FakeOperator } from './fake-operator.ts';
import { OperatorHttp } from './operator-http.ts';
import { PlanStream } from './plan-stream.ts';
import { retryAfterMs } from './retry-after.ts';
import { parseServerUrl } from './server-url.ts';
import { Session } from './session.ts';
import { splitLines } from './split-lines.ts';
import { Uploader } from './uploader.ts';

const EPOCH = 100;

/** Waits until something is so; the wait only bounds a failing test. */
async function until(is: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!is()) {
    assert.ok(performance.now() < endMs, `never came: ${what}`);
    await after(5);
  }
}

async function setUp(t: TestContext) {
  const operator = new FakeOperator();
  const server = new URL(await operator.listen());
  const dir = mkdtempSync(join(tmpdir(), 'uplink-'));
  const timers = systemTimers;
  const http = new OperatorHttp(server);
  const log = pino({ level: 'silent' });
  const clock = new OperatorClock({ monotonicMs: timers.monotonicMs, wallMs: Date.now }, null);
  const spool = new Spool({ dir, budgetBytes: 1e9, monotonicMs: timers.monotonicMs, onDamaged: () => {} });
  const changes: PlanChange[] = [];
  let unreachable = 0;
  const common = {
    http,
    timers,
    clock,
    log,
    wallMs: Date.now,
    onHeard: () => {},
    // The least random there is: every wait is the bound itself.
    backoff: { longestMs: 200, random: () => 1 },
  };
  const session = new Session({
    ...common,
    identity: { agentId: 'agent-1-id', name: 'one', sessionHeaders: async () => ({}) },
    version: '0.0.0',
    epoch: EPOCH,
    capabilities: () => [],
  });
  const uploader = new Uploader({
    ...common,
    epoch: EPOCH,
    session,
    spool,
    recorder: {
      flush: () => Promise.resolve(),
      vouched: { ...NOTHING_VOUCHED, throughMs: 42, planRevision: 3 },
    },
  });
  const planStream = new PlanStream({
    ...common,
    session,
    onChange: async (change) => void changes.push(change),
    onUnreachable: () => {
      unreachable++;
    },
  });
  t.after(async () => {
    planStream.stop();
    uploader.stop();
    http.close();
    await operator.close();
    rmSync(dir, { recursive: true });
  });
  const add = async (epoch: number, seq: number): Promise<void> => {
    const batch = new OpenBatch();
    batch.range(1, seq, seq + 1, 'dropped', 'busy');
    const { batch: closed, runs } = batch.close(epoch, seq);
    await spool.add({ epoch, seq }, encodeBatchFile(closed, runs), runs);
  };
  return {
    operator,
    server,
    dir,
    spool,
    uploader,
    planStream,
    clock,
    changes,
    add,
    unreachable: () => unreachable,
  };
}

const assignment = (id: string): Assignment => ({
  id,
  revision: 1,
  namespace: 'default',
  test: id,
  spans: [],
});
const filesIn = (dir: string): string[] => readdirSync(dir).filter((name) => name.endsWith('.batch'));

test('live batches go before the backlog, which goes oldest first; each leaves the disk once acknowledged', async (t) => {
  const { operator, dir, uploader, add } = await setUp(t);
  for (const seq of [0, 1, 2]) await add(50, seq);
  await add(EPOCH, 0);
  uploader.release(0);
  void uploader.run();
  await until(() => operator.batches.size === 4, 'all batches');
  assert.deepEqual([...operator.batches.keys()], ['100-0', '50-0', '50-1', '50-2']);
  await until(() => filesIn(dir).length === 0, 'an empty spool');
  assert.deepEqual(
    operator.words.map(({ seq }) => seq),
    [0, 1, 2, 3],
  );
  assert.deepEqual(operator.words[0]?.spooled, [[1, 0, 3]]);
  assert.deepEqual([operator.words[0]?.throughMs, operator.words[0]?.planRevision], [42, 3]);
});

test('a batch that is not vouched for yet waits', async (t) => {
  const { operator, uploader, add } = await setUp(t);
  await add(EPOCH, 0);
  await add(EPOCH, 1);
  uploader.release(0);
  void uploader.run();
  await until(() => operator.batches.size === 1, 'the first batch');
  await until(() => operator.words.length >= 2, 'a word without a batch');
  assert.deepEqual([...operator.batches.keys()], ['100-0']);
  uploader.release(1);
  await until(() => operator.batches.size === 2, 'the second batch');
});

test('an operator that is away, forgets the session, or asks for patience gets everything once', async (t) => {
  const { operator, dir, uploader, add } = await setUp(t);
  let asked = 0;
  operator.refuse = () => {
    if (operator.batches.size === 1) operator.token = 'token-2';
    return ++asked <= 2 ? { status: 503, headers: { 'retry-after': '0' } } : null;
  };
  for (const seq of [0, 1, 2]) await add(50, seq);
  void uploader.run();
  await until(() => operator.batches.size === 3, 'all batches');
  await until(() => filesIn(dir).length === 0, 'an empty spool');
  assert.equal(operator.sessions.length, 2);
  assert.equal(operator.replays, 0);
});

test('a batch that is refused for good is set aside, never sent again, and the next ones go on', async (t) => {
  const { operator, dir, spool, uploader, add } = await setUp(t);
  for (const seq of [0, 1, 2]) await add(50, seq);
  let refused = 0;
  operator.refuse = (batch) => {
    if (batch?.seq !== 1) return null;
    refused++;
    return { status: 422 };
  };
  void uploader.run();
  await until(() => operator.batches.size === 2 && filesIn(dir).length === 0, 'the others');
  assert.deepEqual(readdirSync(join(dir, 'bad')), ['50-1.batch']);
  assert.equal(refused, 1);
  assert.equal(spool.facts.bad, 1);
});

test('where even the word alone is refused, no batch is blamed', async (t) => {
  const { operator, spool, uploader, add } = await setUp(t);
  await add(50, 0);
  let refused = 0;
  // Three times the batch with its word, and the word alone after it.
  operator.refuse = () => (++refused <= 6 ? { status: 400 } : null);
  void uploader.run();
  await until(() => operator.batches.size === 1, 'the batch');
  assert.equal(spool.facts.bad, 0);
});

test('the plan comes in whole steps: a snapshot, then changes; a lost stream begins with a snapshot again', async (t) => {
  const { operator, planStream, changes, clock } = await setUp(t);
  operator.clockOffsetMs = 3_600_000;
  operator.put(assignment('a'));
  void planStream.run();
  await until(() => changes.length === 1, 'the snapshot');
  assert.ok(Math.abs(clock.nowMs() - operator.nowMs()) < 1_000);
  operator.put(assignment('b'));
  operator.del('a');
  await until(() => changes.length === 3, 'two changes');
  operator.dropStreams();
  await until(() => changes.length === 4, 'a snapshot again');
  assert.deepEqual(
    changes.map(({ snapshot, puts, dels, revision }) => [snapshot, puts.map(({ id }) => id), dels, revision]),
    [
      [true, ['a'], [], 1],
      [false, ['b'], [], 2],
      [false, [], ['a'], 3],
      [true, ['b'], [], 3],
    ],
  );
});

test('a malformed line ends the stream and nothing of its step is taken', async (t) => {
  const { operator, planStream, changes } = await setUp(t);
  void planStream.run();
  await until(() => changes.length === 1, 'the snapshot');
  operator.say({ type: 'put', assignment: assignment('a') }, '{"type":"put","assi', {
    type: 'synced',
    revision: 9,
    nowMs: 1,
  });
  await until(() => changes.length === 2, 'another snapshot');
  assert.deepEqual(changes[1], { snapshot: true, puts: [], dels: [], revision: 0 });
});

test('an operator that comes back on its port is found again, and its absence was said', async (t) => {
  const { operator, server, planStream, uploader, changes, add, unreachable } = await setUp(t);
  void planStream.run();
  void uploader.run();
  await until(() => changes.length === 1, 'the snapshot');
  await operator.close();
  await add(50, 0);
  await until(() => unreachable() >= 2, 'failed attempts');
  const again = new FakeOperator();
  await again.listen(Number(server.port));
  try {
    await until(() => changes.length >= 2 && again.batches.size === 1, 'plan and batch');
  } finally {
    planStream.stop();
    uploader.stop();
    await again.close();
  }
});

test('back-off doubles to its limit, with full jitter', () => {
  const waits = (random: () => number): number[] => {
    const backoff = new Backoff({ longestMs: 1_000, random });
    return [1, 2, 3, 4, 5].map(() => backoff.nextMs());
  };
  assert.deepEqual(
    waits(() => 1),
    [200, 400, 800, 1_000, 1_000],
  );
  assert.deepEqual(
    waits(() => 0),
    [0, 0, 0, 0, 0],
  );
});

test('Retry-After in both its forms', () => {
  assert.equal(retryAfterMs('3', 0), 3_000);
  assert.equal(retryAfterMs('Wed, 21 Oct 2026 07:28:05 GMT', Date.parse('2026-10-21T07:28:00Z')), 5_000);
  assert.equal(retryAfterMs('-1', 0), 0);
  assert.equal(retryAfterMs('999999', 0), 300_000);
  assert.equal(retryAfterMs('soon', 0), 1_000);
  assert.equal(retryAfterMs(null, 0), 1_000);
});

test('plain http leaves this host never', () => {
  for (const url of ['http://127.0.0.1:5000', 'http://[::1]:5000', 'http://localhost', 'https://a.example']) {
    assert.equal(parseServerUrl(url).origin, new URL(url).origin);
  }
  assert.equal(parseServerUrl('https://fd00::1:5443').origin, 'https://[fd00::1]:5443');
  for (const url of [
    'http://a.example',
    'http://fd00::1:5443',
    'http://10.0.0.1:5000',
    'http://127.0.0.1.a.example',
    'ftp://localhost',
    'localhost:5000',
    'https://u:p@a.example',
    '',
  ]) {
    assert.throws(() => parseServerUrl(url), url);
  }
});

test('lines may be cut anywhere, in the middle of a character too', async () => {
  const text = Buffer.from('{"a":"ü"}\n\n{"b":1}\nrest');
  for (let at = 1; at < text.length; at++) {
    const lines: string[] = [];
    const chunks = (async function* () {
      yield text.subarray(0, at);
      yield text.subarray(at);
    })();
    for await (const line of splitLines(chunks)) lines.push(line);
    assert.deepEqual(lines, ['{"a":"ü"}', '{"b":1}'], `cut at ${at}`);
  }
});
