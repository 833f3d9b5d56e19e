import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { type PlantedSpan, plantTest } from '../support/planted-spans.ts';
import { batchOf, samplesOf, wordOf } from '../support/sample-batch.ts';
import { startTestStore, type TestStore } from '../support/test-store.ts';

const PERIOD = 60_000;
const HOUR = 3_600_000;
/** A round minute, three hours ago, for slots that are due at whole minutes. */
const BEGIN = Math.floor((Date.now() - 3 * HOUR) / PERIOD) * PERIOD;

let store: TestStore;
let db: Database;
const spans: Record<string, PlantedSpan> = {};
const seqs: Record<string, number> = {};

before(async () => {
  store = await startTestStore();
  ({ db } = store);
  const planter = await plantTest(db, 'changing');
  for (const agentId of ['a', 'b']) {
    await planter.addAgent(agentId);
    for (const probe of ['tls', 'trace']) {
      const span = { agentId, destination: 'shop', probe, startMs: BEGIN, periodMs: PERIOD, offsetMs: 0 };
      spans[`${agentId} ${probe}`] = await planter.addSpan({ ...span, fromMs: BEGIN, toMs: null });
    }
  }
});
after(() => store.stop());

/** One batch of an agent: the change that each slot says, from the given minute on. */
async function say(
  agentId: string,
  probe: string,
  fromMinute: number,
  changes: (0 | 1 | null)[],
  again = false,
) {
  const slots = changes.map((_, i) => fromMinute + i);
  const seq = again ? (seqs[agentId] ?? 0) : (seqs[agentId] ?? 0) + 1;
  seqs[agentId] = seq;
  const metric = probe === 'tls' ? 'fingerprint_changed' : 'path_changed';
  return await ingest(db, managePartitions(db), {
    agentId,
    bytes: 1,
    word: wordOf({ seq, throughMs: Date.now() }),
    batch: batchOf(
      seq,
      probe,
      samplesOf(spans[`${agentId} ${probe}`]?.id ?? 0, slots, { [metric]: changes }),
    ),
  });
}

async function events(): Promise<unknown[]> {
  const rows = await db.query<{ at: Date; reason: string; message: string; agent: string; warning: boolean }>(
    `select at, reason, message, agent, warning from event where reason like '%Changed' order by at, id`,
  );
  return rows.map(({ at, reason, message, agent, warning }) => {
    assert.equal(warning, false, 'a change alone is no warning');
    return [(at.getTime() - BEGIN) / PERIOD, reason, message, agent];
  });
}

test('what changes is an event of its test, at the time of its slot, and only once', async () => {
  await say('a', 'tls', 0, [null, 0, 0]);
  assert.deepEqual(await events(), []);
  await say('a', 'tls', 3, [0, 1, 0, 1]);
  const certificate = [4, 'CertificateChanged', 'shop: certificate changed', 'a'];
  assert.deepEqual(await events(), [certificate]);
  assert.equal((await say('a', 'tls', 3, [0, 1, 0, 1], true)).ack.duplicate, true);
  assert.deepEqual(await events(), [certificate], 'a batch that came twice');
  await say('b', 'tls', 5, [1]);
  assert.deepEqual(await events(), [certificate], 'the other agent sees the same certificate');
});

test('a path is that of one agent, and one that swings says so once an hour', async () => {
  await say('a', 'trace', 10, [1, 1, 1]);
  await say('b', 'trace', 12, [1]);
  await say('a', 'trace', 40, [1]);
  await say('a', 'trace', 90, [1]);
  assert.deepEqual((await events()).slice(1), [
    [10, 'PathChanged', 'shop: path changed', 'a'],
    [12, 'PathChanged', 'shop: path changed', 'b'],
    [90, 'PathChanged', 'shop: path changed', 'a'],
  ]);
});
