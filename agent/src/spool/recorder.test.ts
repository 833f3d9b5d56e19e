import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { type Batch, MAX_BATCH_ROWS } from '@streamswarm/contract/wire/batch';
import { pino } from 'pino';
import { SimulatedTimers } from '../clock/simulated-timers.ts';
import { batchPayload } from './batch-file.ts';
import { nextVouched } from './next-vouched.ts';
import { Recorder } from './recorder.ts';
import { NOTHING_VOUCHED, type Vouched } from './through-file.ts';

function setUp() {
  const timers = new SimulatedTimers();
  const batches: Batch[] = [];
  const events: string[] = [];
  const disk = { fails: false, full: false, wordFails: false };
  const recorder = new Recorder({
    spool: {
      facts: { batches: 0, bytes: 0, bad: 0 },
      hasRoom: () => !disk.full,
      add: async (_name, file) => {
        if (disk.fails) throw Object.assign(new Error('read-only file system'), { code: 'EROFS' });
        const payload = batchPayload(file);
        assert.ok(payload);
        batches.push(JSON.parse(zstdDecompressSync(payload).toString()) as Batch);
        events.push(`batch ${batches.length - 1}`);
      },
    },
    epoch: 7,
    timers,
    log: pino({ level: 'silent' }),
    vouched: NOTHING_VOUCHED,
    frontier: () => ({ ...NOTHING_VOUCHED, throughMs: timers.monotonicMs() }),
    keepWord: async (word) => {
      if (disk.wordFails) throw new Error('no space');
      events.push(`word ${word.throughMs}`);
    },
    onReleased: (seq) => events.push(`released ${seq}`),
  });
  let slot = 0;
  const answer = (count = 1): void => {
    for (let i = 0; i < count; i++) {
      const outcome = { outcome: 'ok' as const, metrics: { port: 1, connect_seconds: Number.NaN } };
      recorder.sample({ kind: 'tcp', span: 1, slot: slot++, lateSeconds: 0, address: null, outcome });
    }
  };
  const rows = (): number => batches.reduce((sum, batch) => sum + (batch.tables['tcp']?.slot.length ?? 0), 0);
  return { timers, recorder, batches, events, disk, answer, rows };
}

test('the first answer of a quiet time leaves after 150 ms, later ones each second; the batch before its word', async () => {
  const { timers, answer, events } = setUp();
  await timers.pass(10_000);
  answer();
  await timers.pass(149);
  assert.deepEqual(events, []);
  await timers.pass(1);
  assert.deepEqual(events, ['batch 0', 'word 10150', 'released 0']);
  answer();
  await timers.pass(999);
  assert.equal(events.length, 3);
  await timers.pass(1);
  assert.deepEqual(events.slice(3), ['batch 1', 'word 11150', 'released 1']);
});

test('2,000 rows leave at once', async () => {
  const { timers, answer, batches } = setUp();
  answer(2_000);
  await timers.pass(0);
  assert.equal(batches[0]?.tables['tcp']?.slot.length, 2_000);
});

test('a number that is none becomes null with its reason', async () => {
  const { timers, answer, batches } = setUp();
  answer();
  await timers.pass(1_000);
  const table = batches[0]?.tables['tcp'];
  assert.deepEqual(table?.metrics['connect_seconds'], [null]);
  assert.deepEqual(table?.nulls, [{ connect_seconds: 'failed' }]);
  assert.deepEqual(table?.metrics['port'], [1]);
});

test('without a writable spool measuring goes on; what does not fit is dropped, and no slot is missing', async () => {
  for (const trouble of ['fails', 'full'] as const) {
    const { timers, recorder, answer, batches, events, disk, rows } = setUp();
    disk[trouble] = true;
    answer(100);
    await timers.pass(5_000);
    answer(MAX_BATCH_ROWS + 500);
    await timers.pass(60_000);
    assert.deepEqual(events, [], 'nothing is vouched for');
    disk[trouble] = false;
    await timers.pass(2_100);
    await recorder.flush();
    const dropped = batches.flatMap(({ ranges }) => ranges);
    const reason = trouble === 'full' ? 'spool-full' : 'spool-unwritable';
    assert.deepEqual(
      dropped.map((range) => [range.outcome, range.reason, range.end - range.first]),
      [['dropped', reason, 500]],
    );
    assert.equal(rows(), 100 + MAX_BATCH_ROWS);
    assert.equal(recorder.vouched.throughMs > 60_000, true);
  }
});

test('a word that cannot be written is not said, and its batch is not released', async () => {
  const { timers, recorder, answer, events, disk } = setUp();
  disk.wordFails = true;
  answer();
  await timers.pass(1_000);
  assert.deepEqual(events, ['batch 0']);
  assert.equal(recorder.vouched.throughMs, 0);
  disk.wordFails = false;
  await recorder.flush();
  assert.deepEqual(events.slice(1), ['word 1000', 'released 0']);
});

test('the word never goes back, and a new revision waits until it has caught up', () => {
  const before: Vouched = { throughMs: 100, planRevision: 1, generation: 1, doneMs: 110, open: [] };
  const candidate: Vouched = { throughMs: 90, planRevision: 2, generation: 2, doneMs: 95, open: [[1, 2, 3]] };
  assert.deepEqual(nextVouched(before, candidate), { ...candidate, throughMs: 100, planRevision: 1 });
  assert.deepEqual(nextVouched(before, { ...candidate, throughMs: 100 }), { ...candidate, throughMs: 100 });
});

test('answers after a stop that was heard late are taken out again and counted', async () => {
  const { timers, recorder, answer, batches } = setUp();
  answer(5);
  recorder.range(1, 5, 9, 'dropped', 'busy');
  recorder.dropAfterStop(1, 3);
  await timers.pass(1_000);
  assert.deepEqual(batches[0]?.tables['tcp']?.slot, [0, 1, 2]);
  assert.deepEqual(batches[0]?.ranges, []);
  assert.deepEqual(batches[0]?.surplus, [{ span: 1, count: 2, reason: 'after-stop' }]);
});
