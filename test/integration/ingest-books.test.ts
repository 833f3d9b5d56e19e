import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { countSlots, type SampleTable, type Span, slotsDueIn } from '@streamswarm/contract';
import { agentServices } from '@streamswarm/operator/agents/agent-services';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { readBatch } from '@streamswarm/operator/store/ingest/read-batch';
import { migrate } from '@streamswarm/operator/store/migrate';
import { revokeHost } from '@streamswarm/operator/store/queries/revoke-host';
import { compact } from '@streamswarm/operator/store/rollup/compact';
import { managePartitions, type Partitions } from '@streamswarm/operator/store/tables/partitions';
import { pino } from 'pino';
import { type PlantedSpan, plantTest } from '../support/planted-spans.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { compress, icmpBatch, wordOf } from '../support/sample-batch.ts';
import { waitUntil } from '../support/wait-until.ts';

const logger = pino({ level: 'silent' });
let postgres: TestPostgres;
let db: Database;
let partitions: Partitions;

before(async () => {
  postgres = await startTestPostgres();
  db = openDatabase({ url: postgres.url, logger });
  await migrate(db, logger);
  partitions = managePartitions(db);
});
after(async () => {
  await db.close();
  await postgres.stop();
});

const all = (span: Span): { first: number; end: number } => slotsDueIn(span, 0, Number.MAX_SAFE_INTEGER);
const slotsOf = (spans: readonly PlantedSpan[], keep: (slot: number) => boolean = () => true) =>
  spans.flatMap((span) => {
    const { first, end } = all(span);
    return Array.from({ length: end - first }, (_, i) => ({ span: span.id, slot: first + i })).filter(
      ({ slot }) => keep(slot),
    );
  });
/** A whole minute half an hour ago: the example's noon. */
const noon = (): number => Math.floor((Date.now() - 1_800_000) / 60_000) * 60_000;

test('the example of the books through the store, sent three times and out of order', async () => {
  const start = noon();
  const planter = await plantTest(db, 'example');
  const spans: Record<string, PlantedSpan[]> = {};
  for (const agentId of ['a', 'b']) {
    await planter.addAgent(agentId);
    const common = { agentId, startMs: start, periodMs: 5_000, toMs: start + 240_700 };
    spans[agentId] = [];
    for (const [i, destination] of ['one', 'two', 'three'].entries()) {
      spans[agentId].push(
        await planter.addSpan({ ...common, destination, fromMs: start, offsetMs: 700 + i * 1_500 }),
      );
    }
    spans[agentId].push(
      await planter.addSpan({ ...common, destination: 'four', fromMs: start + 151_400, offsetMs: 900 }),
    );
  }
  const a = slotsOf(spans['a'] ?? []);
  const b = slotsOf(spans['b'] ?? [], (slot) => slot < 12 || slot >= 24);
  const down = (spans['b'] ?? [])
    .slice(0, 3)
    .map(({ id }) => ({ span: id, first: 12, end: 24, outcome: 'dropped' as const, reason: 'down' }));
  const through = { throughMs: start + 1_000_000 };
  const frames = [
    { agentId: 'a', batch: icmpBatch(1, a.slice(0, 100)) },
    { agentId: 'a', batch: icmpBatch(2, a.slice(100)) },
    { agentId: 'b', batch: icmpBatch(1, b, down) },
  ];
  for (const [i, frame] of [...frames, ...frames.toReversed(), ...frames].entries()) {
    const { ack } = await ingest(db, partitions, {
      ...frame,
      word: wordOf({ seq: i, ...through }),
      bytes: 1,
    });
    assert.equal(ack.duplicate, i >= 3);
  }
  const books = await loadBooks(db, { test: 'example' });
  const { scheduled, ok, dropped, pending, unaccounted, lost, error, denied } = books;
  assert.deepEqual(
    { scheduled, ok, dropped, pending, unaccounted, lost, error, denied },
    { scheduled: 324, ok: 288, dropped: 36, pending: 0, unaccounted: 0, lost: 0, error: 0, denied: 0 },
  );
  assert.equal(books.surplus, 0);
  assert.deepEqual(books.agents.map((line) => [line.agent, line.ok, line.dropped]).toSorted(), [
    ['a', 162, 0],
    ['b', 126, 36],
  ]);
  await checkParts(planter.testUid, spans['a'] ?? []);
  const [raw] = await db.query<{ n: number }>(
    `select count(*)::int4 as n from probe_icmp where stream in (select stream from span where test_uid = $1)`,
    [planter.testUid],
  );
  assert.equal(raw?.n, 288);

  // Merging the minutes changes no answer.
  assert.ok((await compact(db, managePartitions(db))) > 0);
  assert.equal(await compact(db, managePartitions(db)), 0);
  const { to: _later, ...merged } = await loadBooks(db, { test: 'example' });
  const { to: _sooner, ...unmerged } = books;
  assert.deepEqual(merged, unmerged);
  const [minutes] = await db.query<{ n: number; rtts: number; p50: number }>(
    `select sum(ok)::int4 as n, sum(rtts_seconds_n)::int4 as rtts,
            streamswarm_quantile(streamswarm_merge(rtts_seconds_hist), 0.5) as p50
     from probe_icmp_1m where stream in (select stream from span where test_uid = $1)`,
    [planter.testUid],
  );
  assert.deepEqual([minutes?.n, minutes?.rtts], [288, 288]);
  assert.ok(Math.abs((minutes?.p50 ?? 0) - 0.01) <= 0.0001);
});

/** The books of parts of the example: of a destination, of one agent's, of a probe, and of a pair of a mesh. */
async function checkParts(testUid: string, spansOfA: readonly PlantedSpan[]): Promise<void> {
  const part = async (filter: object): Promise<unknown[]> => {
    const { scheduled, ok, dropped } = await loadBooks(db, { test: 'example', ...filter });
    return [scheduled, ok, dropped];
  };
  assert.deepEqual(await part({ destination: 'one' }), [96, 84, 12]);
  assert.deepEqual(await part({ destination: 'one', agent: 'b' }), [48, 36, 12]);
  assert.deepEqual(await part({ destination: 'four', probe: 'icmp' }), [36, 36, 0]);
  assert.deepEqual(await part({ probe: 'tcp' }), [0, 0, 0]);
  assert.deepEqual(await part({ destination: 'one/b' }), [0, 0, 0], 'it leads to no agent yet');
  await db.query(`update span set endpoint = 'b' where test_uid = $1 and id = $2`, [
    testUid,
    spansOfA[0]?.id,
  ]);
  assert.deepEqual(await part({ destination: 'one/b' }), [48, 48, 0]);
  assert.deepEqual(await part({ destination: 'one' }), [96, 84, 12], 'the whole mesh by its name');
}

test('a batch that never arrives is unaccounted, exactly its slots; while it is listed it is pending', async () => {
  const start = noon();
  const planter = await plantTest(db, 'lost-batch');
  await planter.addAgent('c');
  const span = await planter.addSpan({
    agentId: 'c',
    destination: 'd',
    startMs: start,
    periodMs: 1_000,
    fromMs: start,
    toMs: start + 120_000,
  });
  const slots = slotsOf([span]);
  const missing = slots.slice(50, 57);
  await ingest(db, partitions, {
    agentId: 'c',
    batch: icmpBatch(1, [...slots.slice(0, 50), ...slots.slice(57)]),
    word: wordOf({
      seq: 1,
      throughMs: start + 500_000,
      spooled: [[span.id, missing[0]?.slot ?? 0, (missing.at(-1)?.slot ?? 0) + 1]],
    }),
    bytes: 1,
  });
  const listed = await loadBooks(db, { test: 'lost-batch' });
  assert.deepEqual([listed.pending, listed.unaccounted], [7, 0]);
  await ingest(db, partitions, {
    agentId: 'c',
    batch: null,
    word: wordOf({ seq: 2, throughMs: start + 500_000 }),
    bytes: 0,
  });
  const gone = await loadBooks(db, { test: 'lost-batch' });
  assert.deepEqual([gone.pending, gone.unaccounted, gone.scheduled], [0, 7, countSlots(all(span))]);
});

test('a word that was on its way when its host was revoked does not bring the agent back', async () => {
  const planter = await plantTest(db, 'revoked-meanwhile');
  await planter.addAgent('leaving');
  const isOnline = async (): Promise<unknown> => {
    const [row] = await db.query<{ online: boolean }>(`select online from agent where id = 'leaving'`);
    return row?.online;
  };
  const say = (seq: number): Promise<unknown> =>
    ingest(db, partitions, { agentId: 'leaving', batch: null, word: wordOf({ seq }), bytes: 0 });
  await say(1);
  assert.equal(await isOnline(), true);
  let late: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.query(`select 1 from agent where id = 'leaving' for update`);
    late = say(2);
    await waitUntil('the word to wait for the row', async () => {
      const waiting = await db.query(`select 1 from pg_locks where not granted`);
      return waiting.length > 0;
    });
    await tx.query(`update agent set gone_at = clock_timestamp(), online = false where id = 'leaving'`);
  });
  await late;
  assert.equal(await isOnline(), false);
  await revokeHost(db, 'leaving', { reason: 'AgentRevoked', message: (name) => `${name} was revoked` });
  await say(3);
  assert.equal(await isOnline(), false);
});

test('a hostile agent gets nothing in: foreign streams, slots of tomorrow, second answers, endless ranges', async () => {
  const start = noon();
  const planter = await plantTest(db, 'hostile');
  await planter.addAgent('good');
  await planter.addAgent('evil');
  const common = { startMs: start, periodMs: 1_000, fromMs: start, toMs: null };
  const foreign = await planter.addSpan({ agentId: 'good', destination: 'd', ...common });
  const own = await planter.addSpan({ agentId: 'evil', destination: 'd', ...common });
  const result = await ingest(db, partitions, {
    agentId: 'evil',
    batch: icmpBatch(
      1,
      [
        { span: foreign.id, slot: 5 },
        { span: own.id, slot: 5 },
        { span: own.id, slot: 5 },
        { span: own.id, slot: 10_000_000 },
        { span: own.id, slot: 9_000_000_000_000 },
      ],
      [{ span: own.id, first: 6, end: 9_000_000_000_000_000, outcome: 'denied', reason: 'x' }],
    ),
    word: wordOf(),
    bytes: 1,
  });
  assert.equal(result.samples, 1);
  assert.equal(result.foreign, 1);
  const books = await loadBooks(db, { test: 'hostile' });
  const evil = books.agents.find((line) => line.agent === 'evil');
  assert.equal(evil?.ok, 1);
  assert.equal(
    evil?.scheduled,
    (evil?.ok ?? 0) + (evil?.denied ?? 0) + (evil?.pending ?? 0) + (evil?.unaccounted ?? 0),
  );
  assert.equal(books.agents.find((line) => line.agent === 'good')?.ok, 0);
});

test('details are kept as the JSON they are, a list of numbers too', async () => {
  const start = noon();
  const planter = await plantTest(db, 'details');
  await planter.addAgent('details');
  const common = { startMs: start, periodMs: 1_000, fromMs: start, toMs: null };
  const span = await planter.addSpan({ agentId: 'details', destination: 'd', ...common });
  const batch = icmpBatch(
    1,
    [0, 1, 2].map((slot) => ({ span: span.id, slot })),
  );
  const details = [[{ type: 3, code: 1, count: 2 }], [1, 2], null];
  if (batch.tables['icmp']) batch.tables['icmp'].metrics['icmp_errors'] = details;
  await ingest(db, partitions, { agentId: 'details', batch, word: wordOf(), bytes: 1 });
  const rows = await db.query<{ icmp_errors: unknown }>(
    'select icmp_errors from probe_icmp join span using (stream) where span.id = $1 order by ts',
    [span.id],
  );
  assert.deepEqual(
    rows.map((row) => row.icmp_errors),
    details,
  );
});

test('a value that only Postgres can refuse is refused for good, and nothing of its batch stays', async () => {
  const start = noon();
  const planter = await plantTest(db, 'refused');
  await planter.addAgent('refused');
  const common = { startMs: start, periodMs: 1_000, fromMs: start, toMs: null };
  const span = await planter.addSpan({ agentId: 'refused', destination: 'd', ...common });
  const agents = agentServices({ db, ingestDb: db, cluster: 'c', logger, agentJoined: () => undefined });
  const spoiled = (spoil: (table: SampleTable) => void): Buffer => {
    const batch = icmpBatch(1, [{ span: span.id, slot: 0 }]);
    if (batch.tables['icmp']) spoil(batch.tables['icmp']);
    return compress(batch);
  };
  for (const bytes of [
    spoiled((table) => table.address.splice(0, 1, 'nowhere')),
    spoiled((table) => table.reason.splice(0, 1, 'nul \0')),
    spoiled((table) => Object.assign(table.metrics, { icmp_errors: [{ text: '\ud800' }] })),
  ]) {
    assert.equal((await agents.ingest('refused', wordOf(), bytes)).kind, 'invalid');
  }
  const good = await agents.ingest(
    'refused',
    wordOf(),
    spoiled(() => undefined),
  );
  assert.ok(good.kind === 'ack' && !good.ack.duplicate, 'the ledger does not know what was refused');
});

test('what is not a batch is refused with its place', () => {
  const good = icmpBatch(1, [{ span: 1, slot: 1 }]);
  assert.equal(readBatch(compress(good)).ok, true);
  const table = good.tables['icmp'];
  assert.ok(table);
  const cases: [unknown, RegExp][] = [
    [{ ...good, version: 2 }, /version/],
    [{ ...good, tables: { ping: table } }, /tables\.ping/],
    [{ ...good, tables: { icmp: { ...table, slot: [] } } }, /tables\.icmp\.slot/],
    [{ ...good, tables: { icmp: { ...table, metrics: { rtt: [1] } } } }, /metrics\.rtt/],
    [{ ...good, tables: { icmp: { ...table, metrics: { sent: [-1] } } } }, /metrics\.sent\[0\]/],
    [{ ...good, tables: { icmp: { ...table, metrics: { rtts_seconds: [['x']] } } } }, /rtts_seconds\[0\]/],
    [{ ...good, tables: { icmp: { ...table, metrics: { rtts_seconds: [[1e39]] } } } }, /rtts_seconds\[0\]/],
    [{ ...good, ranges: [{ span: 1, first: 5, end: 5, outcome: 'denied', reason: 'x' }] }, /ranges\[0\]/],
  ];
  for (const [bad, place] of cases) {
    const read = readBatch(compress(bad));
    assert.equal(read.ok, false);
    assert.match(read.ok ? '' : read.detail, place);
  }
  assert.equal(readBatch(Buffer.from('not zstd')).ok, false);
  assert.equal(readBatch(compress('0'.repeat(40_000_000))).ok, false);
});
