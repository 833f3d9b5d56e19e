import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { DEFAULT_RETENTION, findMetric, type Results } from '@streamswarm/contract';
import { readResults } from '@streamswarm/operator/api/results/read-results';
import { closeBooks } from '@streamswarm/operator/store/books/close-books';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { migrate } from '@streamswarm/operator/store/migrate';
import { bindReads } from '@streamswarm/operator/store/queries/reads';
import { dropPartitions } from '@streamswarm/operator/store/retention/drop-partitions';
import { storedLevels } from '@streamswarm/operator/store/retention/stored-levels';
import { compact } from '@streamswarm/operator/store/rollup/compact';
import { managePartitions, type Partitions } from '@streamswarm/operator/store/tables/partitions';
import { pino } from 'pino';
import { type PlantedSpan, plantTest } from '../support/planted-spans.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { batchOf, compare, type Truth, truthOf } from '../support/result-truth.ts';
import { wordOf } from '../support/sample-batch.ts';

const logger = pino({ level: 'silent' });
const DAY = 86_400_000;
const NOW = Date.now();
const TODAY = Math.floor(NOW / DAY) * DAY;

const NOTHING = { from: null, bytes: 0 };

let postgres: TestPostgres;
let db: Database;
let partitions: Partitions;
let testUid: string;
/** Measured from 40 to 38 days ago. */
let old: PlantedSpan;
/** Measured for two hours 35 days ago, of which the second was never heard of. */
let silent: PlantedSpan;
let truth: Truth[];
let sent = 0;

before(async () => {
  postgres = await startTestPostgres();
  db = openDatabase({ url: postgres.url, logger });
  await migrateAsBefore();
  await migrate(db, logger);
  partitions = managePartitions(db);
  // As an operator does all the time.
  await partitions.ensure([0, 1, 2].map((days) => TODAY / DAY + days));
  const planter = await plantTest(db, 'kept');
  testUid = planter.testUid;
  await planter.addAgent('a');
  await planter.addAgent('silent');
  old = await planter.addSpan({ agentId: 'a', destination: 'one', ...times(TODAY - 40 * DAY, 2 * DAY) });
  silent = await planter.addSpan({
    agentId: 'silent',
    destination: 'two',
    ...times(TODAY - 35 * DAY, DAY / 12),
  });
  truth = [...truthOf(old, 'one'), ...truthOf(silent, 'two').slice(0, 60)];
});
after(async () => {
  await db.close();
  await postgres.stop();
});

function times(fromMs: number, lengthMs: number) {
  return { startMs: fromMs, fromMs, toMs: fromMs + lengthMs, periodMs: 60_000 };
}

/** The schema of a release before this one, with slots in it. */
async function migrateAsBefore(): Promise<void> {
  const place = new URL('../../operator/src/store/migrations/', import.meta.url);
  await db.query(
    'create table schema_migration (name text primary key, applied_at timestamptz default now())',
  );
  for (const file of (await readdir(place)).toSorted().filter((name) => name < '0007')) {
    await db.query(await readFile(new URL(file, place), 'utf8'));
    await db.query('insert into schema_migration (name) values ($1)', [file]);
  }
  await db.query(
    `insert into slot_minute (span_id, minute, mask, ok, lost, error)
     select 1000000, minute, 1, 1, 0, 0 from generate_series(28800000, 28803000) as minute`,
  );
}

async function send(agentId: string, slots: readonly Truth[], throughMs: number): Promise<number> {
  const seq = ++sent;
  const { surplus } = await ingest(db, partitions, {
    agentId,
    word: wordOf({ seq, throughMs }),
    batch: batchOf(seq, slots),
    bytes: 1,
  });
  return surplus;
}

async function closeAll(giveUpDays = DEFAULT_RETENTION['1m']): Promise<void> {
  const time = { nowMs: NOW, giveUpMs: NOW - giveUpDays * DAY };
  while ((await closeBooks(db, time)) > 0);
}

async function books(window: { fromMs?: number; toMs?: number } = {}) {
  const { tests: _tests, probes: _probes, agents: _agents, to: _to, ...line } = await loadBooks(db, window);
  return line;
}

function results(fromMs: number, toMs: number): Promise<Results> {
  const metric = findMetric('icmp', 'rtts_seconds');
  assert.ok(metric);
  return readResults(bindReads(db), {
    selection: { testUid, kind: 'icmp', probe: 'icmp', agent: null, destination: null, by: 'destination' },
    metric: { asked: metric, base: metric },
    window: { fromMs, toMs },
    pixels: 600,
    stepMs: null,
  });
}

test('slots of an earlier release are all there after the migration, by the day', async () => {
  const [row] = await db.query<{ slots: number; days: number }>(
    'select sum(ok)::int4 as slots, count(distinct tableoid)::int4 as days from slot_minute',
  );
  assert.deepEqual([row?.slots, row?.days], [3_001, 3]);
  await db.query('truncate slot_minute');
});

test('closing the books changes no answer, for all time or for a window', async () => {
  await send(
    'a',
    truth.filter(({ span }) => span === old.id),
    NOW,
  );
  await send(
    'silent',
    truth.filter(({ span }) => span === silent.id),
    TODAY - 35 * DAY + DAY / 24,
  );
  const allTime = await books();
  assert.deepEqual([allTime.scheduled, allTime.pending, allTime.unaccounted], [2_880 + 120, 60, 0]);
  const window = { fromMs: TODAY - 39 * DAY, toMs: TODAY - 35 * DAY + 3_600_000 };
  const ofWindow = await books(window);
  await closeAll(365);
  assert.deepEqual(await books(), allTime);
  assert.deepEqual(await books(window), ofWindow);
  assert.deepEqual(await books({ toMs: NOW }), allTime);
});

test('what is closed is not read again', async () => {
  const read: number[] = [];
  const transaction: Database['transaction'] = (work) =>
    db.transaction((tx) =>
      work({
        ...tx,
        query: async <Row>(text: string, values?: readonly unknown[]) => {
          const rows = await tx.query<Row>(text, values);
          if (text.includes('slot_minute')) read.push(rows.length);
          return rows;
        },
      }),
    );
  await loadBooks({ ...db, transaction }, {});
  assert.deepEqual(read, [0]);
});

test('what is stored is told by level, without the days that wait for rows', async () => {
  const stored = await storedLevels(db);
  const day = new Date(TODAY - 40 * DAY).toISOString();
  assert.deepEqual([stored.raw.from, stored['1m'].from], [day, day]);
  assert.ok(stored.raw.bytes > 0 && stored['1m'].bytes > 0);
  assert.deepEqual([stored['10m'], stored['1h']], [NOTHING, NOTHING]);
});

test('a partition whose rows are not carried on yet stays', async () => {
  const dropped = await dropPartitions(db, DEFAULT_RETENTION, NOW);
  assert.ok(dropped.every((name) => !name.startsWith('probe_icmp_1m')));
});

test('whole days go; totals, coarser levels and whoever comes late are as they should be', async () => {
  const beforehand = await books();
  while ((await compact(db, partitions)) > 0);
  const { '10m': coarse } = await storedLevels(db);
  assert.equal(coarse.from, new Date(TODAY - 40 * DAY).toISOString(), 'not the begin of its month');
  await closeAll();
  const dropped = await dropPartitions(db, DEFAULT_RETENTION, NOW);
  const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '');
  for (const days of [40, 39, 35]) {
    assert.ok(dropped.includes(`probe_icmp_1m_${dayOf(TODAY - days * DAY)}`), `minutes of ${days} days ago`);
    assert.ok(dropped.includes(`slot_minute_${dayOf(TODAY - days * DAY)}`), `slots of ${days} days ago`);
  }
  const { pending, dropped: droppedSlots, reasons, ...rest } = await books();
  const { pending: awaited, dropped: droppedBefore, reasons: reasonsBefore, ...restBefore } = beforehand;
  assert.deepEqual(rest, restBefore);
  assert.deepEqual([pending, droppedSlots], [0, droppedBefore + awaited]);
  assert.equal(reasons['dropped.retention'], 60);
  assert.equal(reasons['error.unreachable'], reasonsBefore['error.unreachable']);

  const from = TODAY - 34 * DAY;
  const ofWindow = await books({ fromMs: TODAY - 50 * DAY });
  assert.deepEqual([ofWindow.from, ofWindow.scheduled], [new Date(from).toISOString(), 0]);
  const past = await books({ fromMs: TODAY - 40 * DAY, toMs: TODAY - 38 * DAY });
  assert.deepEqual([past.from, past.scheduled, past.unaccounted], [new Date(from).toISOString(), 0, 0]);

  const late = truthOf(silent, 'two').slice(60);
  const samples = late.filter(({ outcome }) => outcome !== 'denied' && outcome !== 'dropped');
  assert.equal(await send('silent', late, NOW), samples.length, 'all that is measured is surplus');
  const { surplus, ...afterwards } = await books();
  const { surplus: _none, ...expected } = { ...rest, pending, dropped: droppedSlots, reasons };
  assert.deepEqual([surplus, afterwards], [samples.length, expected]);
});

test('the newest result of a test is known when its samples are gone', async () => {
  const measured = truth.filter(({ outcome }) => outcome !== 'denied' && outcome !== 'dropped');
  const newest = Math.max(...measured.map((slot) => slot.dueMs));
  assert.deepEqual([...(await bindReads(db).latestResults([testUid]))], [[testUid, newest]]);
});

test('an hour of which only a coarse level is kept is answered by that', async () => {
  const fromMs = TODAY - 40 * DAY;
  const hour = await results(fromMs, fromMs + 3_600_000);
  assert.deepEqual([hour.level, hour.steps], ['10m', 6]);
  compare(hour, truth, (series) => (slot) => slot.destination === series.destination);
  const days = await results(fromMs, fromMs + 2 * DAY);
  compare(days, truth, (series) => (slot) => slot.destination === series.destination);
});

test('a day that was dropped is made again for a sample that comes late', async () => {
  const planter = await plantTest(db, 'late');
  await planter.addAgent('late');
  const fromMs = TODAY - 20 * DAY;
  const span = await planter.addSpan({ agentId: 'late', destination: 'one', ...times(fromMs, DAY / 24) });
  const slots = truthOf(span, 'one');
  await send('late', slots.slice(0, 30), fromMs + DAY);
  const short = { ...DEFAULT_RETENTION, raw: 1, '1m': 2 };
  while ((await compact(db, partitions)) > 0);
  assert.ok((await dropPartitions(db, short, NOW)).some((name) => name.startsWith('probe_icmp_2')));
  await send('late', slots.slice(30), fromMs + DAY);
  const line = await books();
  assert.equal(line.pending + line.unaccounted, 0);
  const [row] = await db.query<{ rows: number }>(
    `select count(*)::int4 as rows from probe_icmp where stream = (select stream from span where id = $1)`,
    [span.id],
  );
  const measured = (slot: Truth): boolean => slot.outcome !== 'denied' && slot.outcome !== 'dropped';
  assert.equal(row?.rows, slots.slice(30).filter(measured).length);
});
