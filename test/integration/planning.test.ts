import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  API_VERSION,
  type PlanLine,
  type SessionRequest,
  STOP_NOW_ANNOTATION,
  type StreamTest,
} from '@streamswarm/contract';
import { planStream } from '@streamswarm/operator/agents/plan-stream';
import { LOOPBACK_CALLER } from '@streamswarm/operator/agents/session-gate';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { clockMs, type Database, openDatabase } from '@streamswarm/operator/store/database';
import { migrate } from '@streamswarm/operator/store/migrate';
import { acquireLeadership, NotLeading } from '@streamswarm/operator/store/planning/leadership';
import { PLAN_CHANNEL } from '@streamswarm/operator/store/planning/plan-changes';
import { planOfAgent } from '@streamswarm/operator/store/planning/plan-of-agent';
import { planTest } from '@streamswarm/operator/store/planning/plan-test';
import { openSession } from '@streamswarm/operator/store/queries/agent-sessions';
import { postgresStreamTests } from '@streamswarm/operator/stream-tests/postgres-stream-tests';
import { pino } from 'pino';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';

const logger = pino({ level: 'silent' });
let postgres: TestPostgres;
let db: Database;
let epoch: number;

before(async () => {
  postgres = await startTestPostgres();
  db = openDatabase({ url: postgres.url, logger });
  assert.equal((await migrate(db, logger))[0], '0001-foundation.sql');
  assert.deepEqual(await migrate(db, logger), [], 'a second start has nothing to do');
  epoch = (await acquireLeadership(db, 'me')) ?? 0;
  for (const name of ['alpha', 'beta'])
    await openSession(db, {
      request: agent(name),
      caller: LOOPBACK_CALLER,
      tokenHash: Buffer.from(name),
      nowMs: await clockMs(db),
      sessionMs: 3_600_000,
    });
});
after(async () => {
  await db.close();
  await postgres.stop();
});

const agent = (name: string): SessionRequest => ({
  agentId: `id-of-${name}`,
  name,
  version: '0.1.0',
  clockMs: Date.now(),
  platform: { os: 'linux', kernel: '6', arch: 'x64', cores: 2, memoryBytes: 1 },
  addresses: [],
  capabilities: [],
});
const manifest = (name: string, spec: StreamTest['spec']): StreamTest => ({
  apiVersion: API_VERSION,
  kind: 'StreamTest',
  metadata: { name },
  spec,
});
const spec: StreamTest['spec'] = {
  destinations: [
    { name: 'one', host: '198.18.0.1' },
    { name: 'two', url: 'http://198.18.0.2:8080/' },
  ],
  probes: [{ icmp: {} }, { tcp: {}, destinations: ['two'] }, { host: {} }],
  interval: '1s',
};
const plan = (uid: string, as = epoch) => planTest(db, { epoch: as, cluster: 'c', uid });
const apply = async (name: string, over: Partial<StreamTest['spec']> = {}) => {
  const tests = postgresStreamTests(db);
  const applied = await tests.apply(manifest(name, { ...spec, ...over }), { mode: 'apply', actor: 'test' });
  assert.ok('test' in applied);
  await plan(applied.test.uid);
  return applied;
};
interface SpanRow {
  destination: string;
  probe: string;
  agent_id: string;
  from_ms: string;
  to_ms: string | null;
  start_ms: string;
}
const spansOf = (uid: string) =>
  db.query<SpanRow>('select * from span where test_uid = $1 order by id', [uid]);

test('an applied test is planned for every agent; applying it again changes nothing', async () => {
  const { test: stored, result } = await apply('plain');
  assert.equal(result, 'created');
  const spans = await spansOf(stored.uid);
  assert.equal(spans.length, 8);
  assert.equal(new Set(spans.map((span) => span.from_ms)).size, 1, 'one revision opens at one time');
  assert.equal((await apply('plain')).result, 'unchanged');
  assert.deepEqual(await spansOf(stored.uid), spans);
});

test('edits: a destination comes and goes in the same run, an interval starts a new one', async () => {
  const { test: stored } = await apply('edited');
  await apply('edited', { destinations: [...spec.destinations, { name: 'three', host: '198.18.0.3' }] });
  const runs = () =>
    db.query<{ number: number; result: string | null }>(
      'select number, result from run where test_uid = $1 order by number',
      [stored.uid],
    );
  assert.equal((await runs()).length, 1);
  assert.equal((await spansOf(stored.uid)).filter((span) => span.destination === 'three').length, 2);
  await apply('edited');
  const three = (await spansOf(stored.uid)).filter((span) => span.destination === 'three');
  assert.ok(three.every((span) => span.to_ms !== null && Number(span.to_ms) >= Number(span.from_ms)));
  await apply('edited', { interval: '2s' });
  assert.deepEqual(await runs(), [
    { number: 1, result: 'SpecChanged' },
    { number: 2, result: null },
  ]);
  const all = await spansOf(stored.uid);
  const second = all.filter((span) => span.to_ms === null);
  assert.equal(second.length, 8);
  // The new run begins at the very moment the old one ends: no slot is due twice, none in between.
  const ended = Math.max(...all.flatMap((span) => (span.to_ms === null ? [] : [Number(span.to_ms)])));
  assert.ok(second.every((span) => Number(span.from_ms) === ended && Number(span.start_ms) === ended));
});

test('stop now ends the run once; deleting closes what is open; the books keep both', async () => {
  const { test: stored } = await apply('stopped');
  const tests = postgresStreamTests(db);
  await tests.annotate('default', 'stopped', { [STOP_NOW_ANNOTATION]: 'now' });
  await plan(stored.uid);
  await plan(stored.uid);
  const [run] = await db.query<{ result: string }>('select result from run where test_uid = $1', [
    stored.uid,
  ]);
  assert.equal(run?.result, 'Stopped');
  const { test: gone } = await apply('gone');
  await tests.remove('default', 'gone', 'test');
  await plan(gone.uid);
  assert.ok((await spansOf(gone.uid)).every((span) => span.to_ms !== null));
  assert.ok((await loadBooks(db, { test: 'gone' })).scheduled >= 8, 'each stream had its first slot at once');
});

test('an epoch that is over plans nothing', async () => {
  const before = await spansOf((await apply('fenced')).test.uid);
  await assert.rejects(plan((await apply('fenced')).test.uid, epoch - 1), NotLeading);
  assert.deepEqual(await spansOf((await apply('fenced')).test.uid), before);
  assert.equal(await acquireLeadership(db, 'another'), null);
});

test('the plan stream: all of it, then the differences, and revisions that grow', async () => {
  const stop = new AbortController();
  const lines: PlanLine[] = [];
  const stream = planStream(
    {
      load: () => planOfAgent(db, 'id-of-alpha'),
      nowMs: () => clockMs(db),
      onChange: (f) => db.listen(PLAN_CHANNEL, f),
    },
    stop.signal,
  );
  const untilSynced = async (wanted: (line: PlanLine) => boolean): Promise<void> => {
    for (let seen = false; ; ) {
      const { value, done } = await stream.next();
      if (done === true) throw new Error('the stream ended');
      lines.push(value);
      seen ||= wanted(value);
      if (seen && value.type === 'synced') return;
    }
  };
  await untilSynced((line) => line.type === 'synced');
  const known = lines.filter((line) => line.type === 'put').length;
  assert.ok(known >= 1);
  const { test: added } = await apply('streamed');
  await untilSynced((line) => line.type === 'put' && line.assignment.id === added.uid);
  const put = lines.find((line) => line.type === 'put' && line.assignment.id === added.uid);
  assert.ok(put?.type === 'put');
  assert.equal(put.assignment.spans.length, 4);
  assert.deepEqual(put.assignment.spans.find((span) => span.kind === 'tcp')?.target, {
    destination: 'two',
    host: '198.18.0.2',
    port: 8_080,
  });
  const revisions = lines.flatMap((line) => (line.type === 'synced' ? [line.revision] : []));
  assert.ok((revisions.at(-1) ?? 0) > (revisions[0] ?? 0));
  stop.abort();
  assert.equal((await stream.next()).done, true);
});
