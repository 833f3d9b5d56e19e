import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import type { Batch, SpanSlots } from '@streamswarm/contract/wire/batch';
import { batchPayload, decodeBatchHead, encodeBatchFile } from './batch-file.ts';
import { beginEpoch } from './epoch-file.ts';
import { OpenBatch } from './open-batch.ts';
import { Spool } from './spool.ts';
import { readThroughFile, writeThroughFile } from './through-file.ts';

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'spool-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(dir: string, over: { budgetBytes?: number; monotonicMs?: () => number } = {}) {
  const damaged: string[] = [];
  let now = 0;
  const spool = new Spool({
    dir,
    budgetBytes: over.budgetBytes ?? 1e9,
    // Each look is far enough from the last one that the list is made anew.
    monotonicMs: over.monotonicMs ?? (() => (now += 10_000)),
    onDamaged: (file) => damaged.push(file),
  });
  return { spool, damaged };
}

function batchOf(epoch: number, seq: number, span: number, first: number, end: number) {
  const batch = new OpenBatch();
  for (let slot = first; slot < end; slot++) {
    batch.sample({
      kind: 'icmp',
      span,
      slot,
      lateSeconds: 0.001,
      address: '127.0.0.1',
      outcome: { outcome: 'ok', metrics: { sent: 1, received: 1, rtts_seconds: [0.0000123] } },
    });
  }
  const closed = batch.close(epoch, seq);
  return { ...closed, file: encodeBatchFile(closed.batch, closed.runs), name: { epoch, seq } };
}

test('a batch comes back as it was cut, also after a restart, oldest first', async (t) => {
  const dir = folder(t);
  const first = open(dir).spool;
  for (const [epoch, seq] of [
    [9, 0],
    [10, 1],
    [10, 0],
    [10, 10],
  ] as const) {
    const { name, file, runs } = batchOf(epoch, seq, 1, seq * 10, seq * 10 + 3);
    await first.add(name, file, runs);
  }
  const { spool } = open(dir);
  assert.deepEqual(
    [...spool.batches()].map(({ epoch, seq }) => `${epoch}-${seq}`),
    ['9-0', '10-0', '10-1', '10-10'],
  );
  assert.equal(spool.newestEpoch, 10);
  const [oldest] = [...spool.batches()];
  assert.ok(oldest);
  const payload = await spool.payload(oldest);
  assert.ok(payload);
  const batch = JSON.parse(zstdDecompressSync(payload).toString()) as Batch;
  assert.deepEqual(batch.tables['icmp']?.slot, [0, 1, 2]);
  assert.deepEqual(batch.tables['icmp']?.metrics['rtts_seconds'], [[0.0000123], [0.0000123], [0.0000123]]);
  assert.deepEqual(batch.tables['icmp']?.metrics['ttl'], [null, null, null]);
  await spool.remove(oldest);
  assert.equal(readdirSync(dir).includes('9-0.batch'), false);
  assert.deepEqual(await spool.listSlots(), [
    [1, 0, 3],
    [1, 10, 13],
    [1, 100, 103],
  ] satisfies SpanSlots[]);
});

test('a batch cut off at any byte, or with any byte changed, is set aside and counted', (t) => {
  const { file, runs } = batchOf(1, 0, 5, 0, 4);
  assert.ok(batchPayload(file));
  assert.deepEqual(decodeBatchHead(file, file.length)?.runs, runs);
  for (let length = 0; length < file.length; length++) {
    assert.equal(batchPayload(file.subarray(0, length)), null, `cut at ${length}`);
    assert.equal(decodeBatchHead(file.subarray(0, length), length), null, `head cut at ${length}`);
  }
  for (let at = 0; at < file.length; at++) {
    const flipped = Buffer.from(file);
    flipped[at] = (flipped[at] as number) ^ 0x10;
    assert.equal(batchPayload(flipped), null, `flipped at ${at}`);
  }
  const dir = folder(t);
  const good = batchOf(2, 0, 5, 4, 8);
  for (let length = 0; length < file.length; length += 7) {
    writeFileSync(join(dir, '1-0.batch'), file.subarray(0, length));
    writeFileSync(join(dir, '2-0.batch'), good.file);
    writeFileSync(join(dir, '2-1.batch.0.tmp'), file.subarray(0, length));
    const { spool, damaged } = open(dir);
    assert.deepEqual(damaged, ['1-0.batch']);
    assert.deepEqual(
      [...spool.batches()].map(({ file: name }) => name),
      ['2-0.batch'],
    );
    assert.equal(spool.facts.bad, 1);
    assert.deepEqual(readdirSync(dir).sort(), ['2-0.batch', 'bad']);
  }
});

test('damage in the payload is found before it is sent', async (t) => {
  const dir = folder(t);
  const { name, file, runs } = batchOf(1, 0, 5, 0, 4);
  const { spool, damaged } = open(dir);
  await spool.add(name, file, runs);
  file[file.length - 1] = (file[file.length - 1] as number) ^ 1;
  writeFileSync(join(dir, '1-0.batch'), file);
  const [batch] = [...spool.batches()];
  assert.ok(batch);
  assert.equal(await spool.payload(batch), null);
  assert.deepEqual(damaged, ['1-0.batch']);
  assert.deepEqual(spool.facts, { batches: 0, bytes: 0, bad: 1 });
  assert.deepEqual(await spool.listSlots(), []);
  assert.deepEqual(readdirSync(join(dir, 'bad')), ['1-0.batch']);
});

test('a batch that somebody deleted is not listed, and sending it just forgets it', async (t) => {
  const dir = folder(t);
  const { spool } = open(dir);
  for (const seq of [0, 1, 2]) {
    const { name, file, runs } = batchOf(1, seq, 5, seq * 4, seq * 4 + 4);
    await spool.add(name, file, runs);
  }
  unlinkSync(join(dir, '1-1.batch'));
  assert.deepEqual(await spool.listSlots(), [
    [5, 0, 4],
    [5, 8, 12],
  ]);
  const [first] = [...spool.batches()];
  assert.ok(first);
  unlinkSync(join(dir, first.file));
  assert.equal(await spool.payload(first), null);
  assert.equal(spool.facts.batches, 1);
  assert.equal(spool.facts.bad, 0);
});

test('what is added within the second of a list is in it', async (t) => {
  const { spool } = open(folder(t), { monotonicMs: () => 0 });
  const a = batchOf(1, 0, 5, 0, 4);
  await spool.add(a.name, a.file, a.runs);
  assert.deepEqual(await spool.listSlots(), [[5, 0, 4]]);
  const b = batchOf(1, 1, 5, 4, 6);
  await spool.add(b.name, b.file, b.runs);
  assert.deepEqual(await spool.listSlots(), [[5, 0, 6]]);
});

test('the word survives, and a torn one is none', async (t) => {
  const dir = folder(t);
  assert.equal(await readThroughFile(dir), null);
  const word = { throughMs: 5, planRevision: 2, generation: 3, doneMs: 9, open: [[1, 2, 3] as SpanSlots] };
  await writeThroughFile(dir, word);
  assert.deepEqual(await readThroughFile(dir), word);
  const whole = readFileSync(join(dir, 'through.json'));
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(join(dir, 'through.json'), whole.subarray(0, length));
    assert.equal(await readThroughFile(dir), null, `cut at ${length}`);
  }
});

test('epochs only grow, whatever the wall clock does', async (t) => {
  const dir = folder(t);
  assert.equal(await beginEpoch(dir, 1_000.7, 0), 1_000);
  assert.equal(await beginEpoch(dir, 1_000, 0), 1_001);
  assert.equal(await beginEpoch(dir, 500, 0), 1_002);
  assert.equal(await beginEpoch(dir, 500, 7_000), 7_001);
});

test('a folder that is none is said at once', (t) => {
  const dir = folder(t);
  writeFileSync(join(dir, 'file'), '');
  assert.throws(() => open(join(dir, 'file', 'spool')));
  mkdirSync(join(dir, 'spool'));
  assert.equal(open(join(dir, 'spool')).spool.facts.batches, 0);
});
