import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import type { Database } from '@streamswarm/operator/store/database';
import { ingest } from '@streamswarm/operator/store/ingest/ingest';
import { foldLedger } from '@streamswarm/operator/store/retention/fold-ledger';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { type PlantedSpan, plantTest } from '../support/planted-spans.ts';
import { icmpBatch, wordOf } from '../support/sample-batch.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startTestStore, type TestStore } from '../support/test-store.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1e6);
const PERIOD = 1_000;
const BATCHES = 60;
const EPOCHS = [4, 9];
const always = (): boolean => true;

let store: TestStore;
let db: Database;
let span: PlantedSpan;
before(async () => {
  store = await startTestStore();
  ({ db } = store);
  const planter = await plantTest(db, 'ledger');
  for (const agentId of ['a', 'other']) await planter.addAgent(agentId);
  const startMs = Math.floor((Date.now() - 1_800_000) / 60_000) * 60_000;
  const open = { agentId: 'a', destination: 'd', startMs, periodMs: PERIOD, offsetMs: 0, fromMs: startMs };
  span = await planter.addSpan({ ...open, toMs: startMs + EPOCHS.length * BATCHES * PERIOD });
});
after(() => store.stop());

/** The nth batch of an epoch: one slot that no other batch has. */
async function send(epoch: number, seq: number, agentId = 'a'): Promise<boolean> {
  const slot = EPOCHS.indexOf(epoch) * BATCHES + seq;
  const batch = { ...icmpBatch(seq, agentId === 'a' ? [{ span: span.id, slot }] : []), epoch };
  const word = wordOf({ epoch, seq, throughMs: Date.now() });
  const { ack } = await ingest(db, managePartitions(db), { agentId, batch, word, bytes: 1 });
  return ack.duplicate;
}

const rows = async (): Promise<[single: number, stretches: number]> => {
  const [row] = await db.query<{ single: number; stretches: number }>(
    'select (select count(*)::int4 from ledger) as single, (select count(*)::int4 from ledger_range) as stretches',
  );
  return [row?.single ?? -1, row?.stretches ?? -1];
};
const books = async () => {
  const { to: _, ...lines } = await loadBooks(db, { test: 'ledger' });
  return lines;
};

test('what was folded is still known, in any order and however often; the books do not change', async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = seededRandom(SEED);
  const all = EPOCHS.flatMap((epoch) => Array.from({ length: BATCHES }, (_, seq) => ({ epoch, seq })));
  const known = new Set<string>();
  const shuffled = all.map((batch) => ({ batch, at: random() })).sort((a, b) => a.at - b.at);
  for (const [i, { batch }] of shuffled.entries()) {
    const { epoch, seq } = batch;
    assert.equal(await send(epoch, seq), false, `${epoch}/${seq} came for the first time`);
    known.add(`${epoch} ${seq}`);
    if (random() < 0.2) await foldLedger(db, always);
    const again = shuffled[Math.floor(random() * (i + 1))]?.batch;
    assert.ok(again !== undefined);
    assert.equal(await send(again.epoch, again.seq), true, `${again.epoch}/${again.seq} came again`);
  }
  assert.equal(known.size, all.length);
  const before = await books();
  assert.deepEqual([before.ok, before.surplus, before.unaccounted], [all.length, 0, 0]);
  await foldLedger(db, always);
  assert.deepEqual(await rows(), [0, EPOCHS.length], 'one row for each start of the agent');
  for (const { epoch, seq } of all) assert.equal(await send(epoch, seq), true);
  assert.deepEqual(await books(), before);
  assert.deepEqual(await rows(), [0, EPOCHS.length], 'what comes again leaves no trace');
});

test('a batch that never came leaves a gap until it comes; another agent has its own numbers', async () => {
  const numbers = [100, 101, 103, 104, 106];
  for (const seq of numbers) assert.equal(await send(20, seq, 'other'), false);
  await foldLedger(db, always);
  assert.deepEqual(await rows(), [0, EPOCHS.length + 3]);
  assert.equal(await send(20, 102, 'other'), false);
  assert.equal(await send(20, 103, 'other'), true);
  await foldLedger(db, always);
  assert.deepEqual(await rows(), [0, EPOCHS.length + 2]);
  assert.equal(await send(20, 105, 'other'), false);
  await foldLedger(db, () => false);
  assert.deepEqual(await rows(), [1, EPOCHS.length + 2], 'who leads no more folds nothing');
  await foldLedger(db, always);
  assert.deepEqual(await rows(), [0, EPOCHS.length + 1]);
});

test('folding and frames at the same time: each batch counts once', async () => {
  const seqs = Array.from({ length: 40 }, (_, i) => i);
  const folding = (async () => {
    for (let i = 0; i < 30; i++) await foldLedger(db, always);
  })();
  const twice = await Promise.all([...seqs, ...seqs].map((seq) => send(30, seq, 'other')));
  await folding;
  assert.equal(twice.filter((duplicate) => !duplicate).length, seqs.length);
});
