import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type StreamTestSpec, slotsDueIn } from '@streamswarm/contract';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { clockMs } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { statusFigures } from '@streamswarm/operator/store/queries/status-figures';
import { managePartitions, type Partitions } from '@streamswarm/operator/store/tables/partitions';
import { type PlannedStore, startPlannedStore, wishOf } from '../support/planned-store.ts';
import { icmpBatch, wordOf } from '../support/sample-batch.ts';

let store: PlannedStore;
let partitions: Partitions;
before(async () => {
  store = await startPlannedStore();
  partitions = managePartitions(store.db);
  for (const id of ['good', 'lossy', 'silent']) await store.addAgent(id);
});
after(() => store.stop());

const PERIOD_MS = 5_000;
const spec: StreamTestSpec = {
  destinations: [{ name: 'edge', host: '198.18.0.1' }],
  probes: [{ icmp: {} }],
  interval: '5s',
};

interface Planted {
  readonly id: number;
  readonly startMs: number;
  readonly offsetMs: number;
  readonly fromMs: number;
}

/** A test whose run began so long ago, with its spans by agent. */
async function begin(name: string, agoMs: number) {
  const wish = wishOf(name, spec);
  const startMs = (await clockMs(store.db)) - agoMs;
  const { run } = await store.plan(wish.uid, { wish, at: () => startMs });
  assert.ok(run);
  const rows = await store.db.query<Planted & { agentId: string }>(
    `select id::float8 as id, agent_id as "agentId", start_ms::float8 as "startMs", offset_ms::float8 as "offsetMs",
       from_ms::float8 as "fromMs" from span where test_uid = $1`,
    [wish.uid],
  );
  return { uid: wish.uid, run, spans: new Map(rows.map((row) => [row.agentId, row])) };
}

let seq = 0;
/** An agent sends slots [first, end): each of four packets, `lost` of which got no reply, and this round trip. */
async function send(
  agentId: string,
  span: Planted,
  { first, end, lost = 0, rttSeconds }: { first: number; end: number; lost?: number; rttSeconds: number },
): Promise<void> {
  const slots = Array.from({ length: end - first }, (_, i) => ({
    span: span.id,
    slot: first + i,
    rttSeconds,
  }));
  const batch = icmpBatch(++seq, slots);
  const table = batch.tables['icmp'];
  assert.ok(table);
  Object.assign(table.metrics, {
    sent: slots.map(() => 4),
    received: slots.map(() => 4 - lost),
    rtts_seconds: slots.map(() => Array.from({ length: 4 - lost }, () => rttSeconds)),
  });
  await ingest(store.db, partitions, {
    agentId,
    batch,
    word: wordOf({ seq, planRevision: 1_000_000 }),
    bytes: 1,
  });
}

const dueSlots = (span: Planted, nowMs: number) =>
  slotsDueIn({ ...span, periodMs: PERIOD_MS, toMs: null }, 0, nowMs);
const dueMs = (span: Planted, slot: number) =>
  slot === 0 ? span.fromMs : span.startMs + slot * PERIOD_MS + span.offsetMs;
const found = <T>(value: T | undefined): T => {
  assert.ok(value !== undefined);
  return value;
};

test('a run of half a minute: exact figures, while one agent is silent', async () => {
  const { uid, run, spans } = await begin('young', 30_000);
  const [good, lossy] = [found(spans.get('good')), found(spans.get('lossy'))];
  assert.deepEqual(await figuresOf(uid, run.id), { samples: 'pending', lossRatio: null, p95Seconds: null });
  const now = await clockMs(store.db);
  const ends = { good: dueSlots(good, now).end, lossy: dueSlots(lossy, now).end };
  await send('good', good, { first: 0, end: ends.good, rttSeconds: 0.01 });
  await send('lossy', lossy, { first: 0, end: ends.lossy, lost: 1, rttSeconds: 0.05 });
  const figures = await statusFigures(store.db, uid, run.id);
  assert.deepEqual([figures.assigned, figures.reporting, figures.p95Of], [3, 2, 'icmp']);
  assert.deepEqual(
    [figures.firstResultMs, figures.lastResultMs],
    [run.startMs, Math.max(dueMs(good, ends.good - 1), dueMs(lossy, ends.lossy - 1))],
  );
  const sent = 4 * (ends.good + ends.lossy);
  assert.equal(figures.lossRatio, ends.lossy / sent);
  assert.ok(Math.abs(found(figures.p95Seconds ?? undefined) - 0.05) < 1e-6);
  assert.deepEqual(
    figures.worst.map(({ agent, reporting, lossRatio }) => [agent, reporting, lossRatio]),
    [
      ['silent', false, null],
      ['lossy', true, 0.25],
      ['good', true, 0],
    ],
  );
  assert.equal(figures.samples.ok, ends.good + ends.lossy);
  assert.ok(figures.samples.pending >= 6, 'the slots of the silent one');
});

async function figuresOf(uid: string, runId: string) {
  const { samples, lossRatio, p95Seconds } = await statusFigures(store.db, uid, runId);
  return {
    samples: samples.scheduled === samples.pending ? 'pending' : samples,
    lossRatio,
    p95Seconds,
  };
}

test('a run of an hour: its books are those of the accounting, its figures those of the last minutes', async () => {
  const { uid, run, spans } = await begin('old', 3_600_000);
  const [good, lossy, silent] = ['good', 'lossy', 'silent'].map((id) => found(spans.get(id)));
  assert.ok(good && lossy && silent);
  const now = await clockMs(store.db);
  const half = Math.floor(dueSlots(good, now).end / 2);
  await send('good', good, { first: 0, end: half, rttSeconds: 0.5 });
  await send('good', good, { first: half, end: dueSlots(good, now).end, rttSeconds: 0.01 });
  // One slot in the middle is answered late, as after an outage: until then nothing after it is settled.
  await send('lossy', lossy, { first: 0, end: 100, rttSeconds: 0.02 });
  await send('lossy', lossy, { first: 101, end: dueSlots(lossy, now).end, rttSeconds: 0.02 });
  await send('silent', silent, { first: 0, end: 5, rttSeconds: 0.01 });
  const check = async (): Promise<void> => {
    const figures = await statusFigures(store.db, uid, run.id);
    const books = await loadBooks(store.db, { test: 'old' });
    const { ok, lost, error, denied, dropped, unaccounted } = books;
    const own = figures.samples;
    assert.deepEqual(
      [own.ok, own.lost, own.error, own.denied, own.dropped, own.unaccounted],
      [ok, lost, error, denied, dropped, unaccounted],
    );
    assert.equal(own.scheduled, own.ok + own.dropped + own.pending + own.unaccounted);
    assert.ok(books.scheduled - own.scheduled <= spans.size, 'a slot more may be due by now');
    assert.deepEqual([figures.assigned, figures.reporting, figures.lossRatio], [3, 2, 0]);
    const p95 = found(figures.p95Seconds ?? undefined);
    assert.ok(Math.abs(p95 - 0.02) <= 0.0002, `of the last minutes, not of the first half: ${p95}`);
  };
  await check();
  await check();
  await send('lossy', lossy, { first: 100, end: 101, rttSeconds: 0.02 });
  await check();
  await ingest(store.db, partitions, {
    agentId: 'silent',
    batch: icmpBatch(
      ++seq,
      [],
      [{ span: silent.id, first: 5, end: 400, outcome: 'dropped', reason: 'down' }],
    ),
    word: wordOf({ seq, planRevision: 1_000_000 }),
    bytes: 1,
  });
  await check();
});

test('looking again reads the newest minutes alone', async () => {
  const { uid, run, spans } = await begin('cheap', 7_200_000);
  const now = await clockMs(store.db);
  for (const [agentId, span] of spans)
    await send(agentId, span, { first: 0, end: dueSlots(span, now).end, rttSeconds: 0.01 });
  const read: number[] = [];
  const counting = {
    ...store.db,
    transaction: ((work) =>
      store.db.transaction((tx) =>
        work({
          ...tx,
          query: async <Row>(text: string, values?: readonly unknown[]) => {
            const rows = await tx.query<Row>(text, values);
            if (text.includes('slot_minute')) read.push(rows.length);
            return rows;
          },
        }),
      )) as typeof store.db.transaction,
  };
  const first = await statusFigures(counting, uid, run.id);
  const again = await statusFigures(counting, uid, run.id);
  assert.equal(first.samples.ok, again.samples.ok);
  assert.equal(first.firstResultMs, again.firstResultMs);
  const [whole = 0, rest = 0] = read;
  assert.ok(whole >= 3 * 120, `${whole} minutes`);
  assert.ok(rest <= 3 * 2, `${rest} minutes`);
});

test('a run that has ended keeps its figures; a test of hosts alone has neither loss nor p95', async () => {
  const { uid, run, spans } = await begin('ended', 40_000);
  const good = found(spans.get('good'));
  await send('good', good, { first: 0, end: 4, rttSeconds: 0.01 });
  await store.plan(uid, { wish: { kind: 'gone' }, at: () => run.startMs + 22_000 });
  const figures = await statusFigures(store.db, uid, run.id);
  assert.deepEqual([figures.assigned, figures.lossRatio, figures.samples.ok], [3, 0, 4]);
  assert.equal(figures.reporting, 1, 'as it was at the end');
  const wish = wishOf('hosts', { ...spec, probes: [{ host: {} }] });
  const outcome = await store.plan(wish.uid, { wish });
  const hosts = await statusFigures(store.db, wish.uid, found(outcome.run ?? undefined).id);
  assert.deepEqual([hosts.p95Of, hosts.lossRatio, hosts.p95Seconds, hosts.assigned], [null, null, null, 3]);
});
