import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findMetric, type Results, ROLLUP_LEVELS } from '@streamswarm/contract';
import { readResults } from '@streamswarm/operator/api/results/read-results';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { migrate } from '@streamswarm/operator/store/migrate';
import { bindReads } from '@streamswarm/operator/store/queries/reads';
import { compact } from '@streamswarm/operator/store/rollup/compact';
import { managePartitions, type Partitions } from '@streamswarm/operator/store/tables/partitions';
import { pino } from 'pino';
import { plantTest } from '../support/planted-spans.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { batchOf, compare, HOUR, type Truth, truthOf } from '../support/result-truth.ts';
import { wordOf } from '../support/sample-batch.ts';

const logger = pino({ level: 'silent' });
/** A whole hour; the test has been measuring since 30 hours before it. */
const END = Math.floor((Date.now() - 2 * HOUR) / HOUR) * HOUR;
const START = END - 30 * HOUR;
const PERIOD = 30_000;

let postgres: TestPostgres;
let db: Database;
let partitions: Partitions;
let testUid: string;
const truth: Truth[] = [];
let sent = 0;

before(async () => {
  postgres = await startTestPostgres();
  db = openDatabase({ url: postgres.url, logger });
  await migrate(db, logger);
  partitions = managePartitions(db);
  const planter = await plantTest(db, 'levels');
  testUid = planter.testUid;
  await planter.addAgent('a');
  for (const destination of ['one', 'two']) {
    const times = { startMs: START, periodMs: PERIOD, fromMs: START, toMs: END };
    const span = await planter.addSpan({ agentId: 'a', destination, ...times });
    truth.push(...truthOf(span, destination));
  }
});
after(async () => {
  await db.close();
  await postgres.stop();
});

/** Sends these slots as one batch, and keeps them among those that an answer is compared with. */
async function send(slots: readonly Truth[]): Promise<void> {
  const seq = sent++;
  const word = wordOf({ seq, throughMs: END });
  await ingest(db, partitions, { agentId: 'a', word, batch: batchOf(seq, slots), bytes: 1 });
}

async function merge(): Promise<void> {
  while ((await compact(db, partitions)) > 0);
}

function ask(fromMs: number): Promise<Results> {
  const metric = findMetric('icmp', 'rtts_seconds');
  assert.ok(metric);
  return readResults(bindReads(db), {
    selection: { testUid, kind: 'icmp', probe: 'icmp', agent: null, destination: null, by: 'destination' },
    metric: { asked: metric, base: metric },
    window: { fromMs, toMs: END },
    pixels: 600,
    stepMs: null,
  });
}

/** Every level answers with exactly these slots. */
async function compareLevels(slots: readonly Truth[]): Promise<void> {
  for (const [level, fromMs] of [
    ['1m', END - 10 * HOUR],
    ['10m', START],
    ['1h', END - 120 * HOUR],
  ] as const) {
    const results = await ask(fromMs);
    assert.equal(results.level, level);
    compare(results, slots, (series) => (slot) => slot.destination === series.destination);
  }
}

const everyThird = (rest: number): Truth[] => truth.filter(({ slot }) => slot % 3 === rest);

test('before anything is merged each level adds up what the minutes hold', async () => {
  await send(everyThird(0));
  await compareLevels(everyThird(0));
});

test('merged, each level says the same out of its own rows', async () => {
  await merge();
  await compareLevels(everyThird(0));
  for (const level of ROLLUP_LEVELS) {
    const rows = await db.query<{ merged: boolean; keys: number; rows: number }>(
      `select merged, count(distinct (stream, ts))::int4 as keys, count(*)::int4 as rows
       from probe_icmp_${level} group by merged`,
    );
    const [all] = rows;
    assert.deepEqual([rows.length, all?.merged, all?.rows], [1, true, all?.keys], level);
  }
});

test('what comes late is carried into each level once, merged or not, and so is a replay', async () => {
  await send(everyThird(1));
  await compareLevels([...everyThird(0), ...everyThird(1)]);
  await merge();
  await compareLevels([...everyThird(0), ...everyThird(1)]);
  const late = everyThird(2);
  await send(late.slice(0, 1_000));
  await compact(db, partitions);
  await send(late.slice(1_000));
  await send(late.slice(0, 1_000));
  await compareLevels(truth);
  await merge();
  await compareLevels(truth);
});

test('two that merge at once carry nothing twice', async () => {
  await db.query('update probe_icmp_1m set merged = false');
  await db.query('truncate probe_icmp_10m, probe_icmp_1h');
  await Promise.all([merge(), merge(), merge()]);
  await compareLevels(truth);
});
