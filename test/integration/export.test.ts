import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Operator, startOperator } from '@streamswarm/operator';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { dayOf, managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { pino } from 'pino';
import { plantTest } from '../support/planted-spans.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Of each of two agents, one a second. */
const ROWS = 150_000;
const logger = pino({ level: 'silent' });
const START = Math.floor(Date.now() / 1_000) * 1_000 - ROWS * 1_000;
const END = START + ROWS * 1_000;

let postgres: TestPostgres;
let db: Database;
let operator: Operator;

before(async () => {
  postgres = await startTestPostgres();
  const config = {
    databaseUrl: postgres.url,
    host: '127.0.0.1',
    port: 0,
    consoleDir: null,
    logLevel: 'silent',
    cluster: null,
  };
  operator = await startOperator(config, logger);
  db = openDatabase({ url: postgres.url, logger });
  const planter = await plantTest(db, 'long');
  const days = new Set<number>();
  for (let ms = START; ms < END + 86_400_000; ms += 86_400_000) days.add(dayOf(Math.min(ms, END)));
  await managePartitions(db).ensure(days);
  for (const agentId of ['a', '=b']) {
    await planter.addAgent(agentId);
    const span = await planter.addSpan({
      agentId,
      destination: 'there',
      startMs: START,
      periodMs: 1_000,
      fromMs: START,
      toMs: END,
      offsetMs: 0,
    });
    await db.query(
      `insert into probe_icmp (stream, ts, late_seconds, outcome, address, sent, received, rtts_seconds, rtt_mean_seconds)
       select (select stream from span where id = $1), to_timestamp(($2::float8 + i * 1000) / 1000), 0, 'ok', '198.18.0.9',
         1, 1, array[i / 1e6]::float4[], (i / 1e6)::float4
       from generate_series(0, $3::int - 1) as i`,
      [span.id, START, ROWS],
    );
  }
});
after(async () => {
  await db.close();
  await operator.stop();
  await postgres.stop();
});

const iso = (ms: number): string => new Date(ms).toISOString();
const address = (query: string): string => `${operator.url}/api/v1/tests/default/long/export?${query}`;
const all = (format: string): string => address(`format=${format}&from=${iso(START)}&to=${iso(END)}`);

test('every row of a long time comes', async (t) => {
  const answer = await fetch(all('csv'));
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
  assert.match(
    answer.headers.get('content-disposition') ?? '',
    /^attachment; filename="default-long-icmp-[-0-9TZ]+\.csv"$/,
  );
  const before = process.memoryUsage();
  let [bytes, lines, most] = [0, 0, 0];
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines++;
    const now = process.memoryUsage();
    most = Math.max(most, now.heapUsed - before.heapUsed + now.external - before.external);
  }
  t.diagnostic(
    `${lines - 1} rows, ${(bytes / 1e6).toFixed(0)} MB; memory at most ${(most / 1e6).toFixed(0)} MB above the begin`,
  );
  assert.equal(lines, 2 * ROWS + 1);
});

test('a reader that stands still is waited for: the operator reads no further than that', async (t) => {
  const abort = new AbortController();
  const answer = await fetch(all('json'), { signal: abort.signal });
  const reader = answer.body?.getReader();
  await reader?.read();
  const fetched = async (): Promise<number> => {
    const [row] = await db.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where query like 'fetch % from samples' and state = 'idle in transaction'`,
    );
    return row?.n ?? 0;
  };
  await waitUntil('the cursor waits for the reader', async () => ((await fetched()) === 1 ? true : null));
  t.diagnostic('the cursor stands still while nobody reads');
  abort.abort();
  await waitUntil('the cursor is closed', async () => ((await fetched()) === 0 ? true : null));
});

test('values are those of the store, with their time, in both formats', async () => {
  const window = `from=${iso(START + 10_000)}&to=${iso(START + 12_000)}&agent=a`;
  const rows = (await (await fetch(address(`format=json&${window}`))).json()) as Record<string, unknown>[];
  assert.deepEqual(
    rows.map((row) => [
      row['time'],
      row['agent'],
      row['destination'],
      row['outcome'],
      row['address'],
      row['rtts_seconds'],
      row['rtt_mean_seconds'],
    ]),
    [10, 11].map((i) => [iso(START + i * 1_000), 'a', 'there', 'ok', '198.18.0.9', [i / 1e6], i / 1e6]),
  );
  const csv = await (await fetch(address(`format=csv&${window}`))).text();
  const [header = '', first = ''] = csv.split('\r\n');
  assert.match(header, /^time,agent,destination,outcome,.*,rtt_mean_seconds,.*,nulls$/);
  assert.ok(first.startsWith(`${iso(START + 10_000)},a,there,ok,`), first);
});

test('a name that looks like a formula is text in the CSV, and itself in JSON', async () => {
  const window = `from=${iso(START)}&to=${iso(START + 1_000)}&agent=%3Db`;
  const csv = await (await fetch(address(`format=csv&${window}`))).text();
  assert.match(csv, /,'=b,there,/);
  const [row] = (await (await fetch(address(`format=json&${window}`))).json()) as Record<string, unknown>[];
  assert.equal(row?.['agent'], '=b');
});

test('nothing measured is an empty file, and what does not exist has its word', async () => {
  const nothing = await fetch(address(`format=json&from=${iso(START - 10_000)}&to=${iso(START)}`));
  assert.deepEqual(await nothing.json(), []);
  for (const [query, status, code] of [
    ['probe=mtu', 400, 'unknown-probe'],
    ['format=xlsx', 400, 'invalid-query'],
    ['from=yesterday', 400, 'invalid-query'],
  ] as const) {
    const answer = await fetch(address(query));
    assert.deepEqual([answer.status, ((await answer.json()) as { code: string }).code], [status, code]);
  }
  assert.equal((await fetch(`${operator.url}/api/v1/tests/default/other/export`)).status, 404);
});
