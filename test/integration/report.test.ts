import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Accounting, Results } from '@streamswarm/contract';
import { formatCount, formatPercent, formatSeconds, UNIT_SPACE } from '@streamswarm/contract/format/numbers';
import { type Operator, startOperator } from '@streamswarm/operator';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { dayOf, managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { pino } from 'pino';
import { readPdf } from '../support/pdf-text.ts';
import { plantTest } from '../support/planted-spans.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';

const logger = pino({ level: 'silent' });
const TEN_MINUTES = 600_000;
const END = Math.floor(Date.now() / TEN_MINUTES) * TEN_MINUTES - TEN_MINUTES;
const START = END - TEN_MINUTES;
/** As long as a name may be. */
const LONG = `${'long-name-'.repeat(6)}end`;
const DESTINATIONS = ['edge', LONG];

let postgres: TestPostgres;
let db: Database;
let operator: Operator;

before(async () => {
  postgres = await startTestPostgres();
  operator = await startOperator(
    {
      databaseUrl: postgres.url,
      host: '127.0.0.1',
      port: 0,
      consoleDir: null,
      logLevel: 'silent',
      cluster: null,
    },
    logger,
  );
  db = openDatabase({ url: postgres.url, logger });
  await managePartitions(db).ensure([dayOf(START), dayOf(END)]);
  await plant('measured', true);
  await plant('empty', false);
});
after(async () => {
  await db.close();
  await operator.stop();
  await postgres.stop();
});

/** Ten minutes of one agent to two destinations, a sample a second; every 50th loses one packet of two. */
async function plant(name: string, measured: boolean): Promise<void> {
  const planter = await plantTest(db, name);
  const spec = {
    description: 'Checkout path\nof the shop, \u4e2d\u6587 and \u20ac, Αθήνα \u2192 Київ',
    destinations: DESTINATIONS.map((destination) => ({ name: destination, host: '192.0.2.9' })),
    probes: [{ icmp: {} }],
    interval: '1s',
  };
  await db.query('update stream_test set spec = $2 where uid = $1', [planter.testUid, JSON.stringify(spec)]);
  if (!measured) return;
  await planter.addAgent('agent-1');
  for (const [place, destination] of DESTINATIONS.entries()) {
    const span = await planter.addSpan({
      agentId: 'agent-1',
      destination,
      startMs: START,
      periodMs: 1_000,
      fromMs: START,
      toMs: END,
      offsetMs: 0,
    });
    await db.query(
      `insert into probe_icmp (stream, ts, late_seconds, outcome, address, sent, received, rtts_seconds, rtt_mean_seconds,
                               self_error_seconds, jitter_seconds)
       select (select stream from span where id = $1), to_timestamp(($2::float8 + i * 1000) / 1000), 0, 'ok', '192.0.2.9',
         2, case when i % 50 = 0 then 1 else 2 end,
         array[v, v * 1.5]::float4[], (v * 1.25)::float4, 0.00002, 0.0003
       from generate_series(0, 599) as i
       cross join lateral (select (0.010 + 0.004 * sin(i / 40.0) + case when i % 97 = 0 then 0.03 else 0 end) * $3 as v) as x`,
      [span.id, START, place + 1],
    );
    await db.query(
      `insert into event (at, kind, reason, message, namespace, test, agent, warning)
       values (to_timestamp($1), 'run', 'RunStarted', 'run 1 started', 'default', $2, null, false)`,
      [START / 1_000 + 60, name],
    );
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
const window = `from=${iso(START)}&to=${iso(END)}`;
const address = (name: string, query = window): string =>
  `${operator.url}/api/v1/tests/default/${name}/export?format=pdf&${query}`;

async function report(name: string) {
  const answer = await fetch(address(name));
  assert.equal(answer.status, 200, `${answer.status}`);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.match(
    answer.headers.get('content-disposition') ?? '',
    /^attachment; filename="default-[-a-z0-9TZ]+\.pdf"$/,
  );
  const file = new Uint8Array(await answer.arrayBuffer());
  const keep = process.env['STREAMSWARM_KEEP_REPORT'];
  if (keep !== undefined) writeFileSync(`${keep}-${name}.pdf`, file);
  return readPdf(file);
}

const get = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${operator.url}${path}`)).json()) as T;

test('the numbers of a report are those of the API, in the words of the console', async () => {
  const { lines, pages, segments } = await report('measured');
  const whole = await get<Results>(
    `/api/v1/tests/default/measured/results?probe=icmp&by=destination&step=10m&${window}`,
  );
  assert.deepEqual([whole.steps, whole.series.length], [1, 2]);
  for (const series of whole.series) {
    const at = lines.findIndex(
      (line, i) =>
        line === 'icmp' && lines[i + 1] === series.destination?.slice(0, (lines[i + 1] ?? '').length),
    );
    assert.ok(at >= 0, `${series.destination} has a row`);
    const row = lines.slice(at, at + 16).join('|');
    const [n, sent, lost] = [series.n[0] ?? 0, series.sent[0] ?? 0, series.lost[0] ?? 0];
    assert.deepEqual([sent, lost], [1_200, 12]);
    for (const value of [series.mean, series.p50, series.p95, series.p99, series.max]) {
      const text = formatSeconds(value[0] ?? Number.NaN);
      assert.ok(row.includes(`|${text}`), `${text} in ${row}`);
    }
    assert.ok(row.includes(`|${formatCount(n)}|`), row);
    assert.ok(row.includes(formatPercent(lost / sent)), row);
  }
  const books = await get<Accounting>(`/api/v1/accounting?namespace=default&test=measured&${window}`);
  const law = lines.join(' ');
  assert.ok(
    law.includes(
      `scheduled ${formatCount(books.scheduled)} = ok ${formatCount(books.ok)} + lost ${formatCount(books.lost)}`,
    ),
    law,
  );
  assert.ok(law.includes(`unaccounted ${formatCount(books.unaccounted)}`), law);
  assert.ok(law.includes(`${iso(START).slice(0, 19).replace('T', ' ')} to `) && law.includes('UTC'), law);
  assert.ok(law.includes('RunStarted'));
  assert.ok(law.includes(`±0.020${UNIT_SPACE}ms`), 'the largest own error is told');
  for (let page = 1; page <= pages; page++)
    assert.ok(lines.includes(`Page ${page} of ${pages}`), `page ${page} of ${pages}`);
  // Of each chart, three layers of 200 steps.
  assert.ok(segments > 2 * 3 * 190, `${segments} lines were drawn`);
});

test('a name as long as it may be is broken and whole; letters of the fonts stay, others are marked', async () => {
  const { lines } = await report('measured');
  assert.ok(lines.join('').includes(LONG), 'every letter of the name is there');
  assert.ok(lines.join(' ').includes('Checkout path of the shop, \ufffd\ufffd and €, Αθήνα \u2192 Київ'));
});

test('without any result it says so', async () => {
  const { lines } = await report('empty');
  const text = lines.join(' ');
  assert.match(text, /Nothing was measured in this time\./);
  assert.match(text, /No slot was due in this time\./);
  assert.match(text, /Nothing happened to the test in this time\./);
});

test('what a report cannot keep to is refused', async () => {
  const answer = await fetch(address('measured', `${window}&agent=agent-1`));
  const { code, detail } = (await answer.json()) as { code: string; detail: string };
  assert.deepEqual([answer.status, code], [400, 'invalid-query']);
  assert.match(detail, /^agent: cannot stand beside format=pdf/);
  assert.equal((await fetch(address('nobody'))).status, 404);
});

test('scripts of the guide get the same report', async () => {
  const { tests } = await get<{ tests: { id: number; stream_test: string }[] }>('/api/tests');
  const id = tests.find(({ stream_test }) => stream_test === 'empty')?.id;
  const answer = await fetch(`${operator.url}/api/test/${id}/export/pdf`);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.ok(readPdf(new Uint8Array(await answer.arrayBuffer())).lines.includes('empty'));
});
