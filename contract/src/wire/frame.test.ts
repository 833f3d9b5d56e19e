import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFrame, encodeFrame, type Word } from './batch.ts';

const word: Word = {
  epoch: 3,
  seq: 7,
  throughMs: 1_767_268_800_000,
  planRevision: 12,
  spooled: [[4, 10, 12]],
  spool: { batches: 1, bytes: 900, bad: 0 },
};

test('a frame is the length of the word, the word and the batch, byte for byte', () => {
  const batch = Uint8Array.of(0, 255, 1, 2);
  const frame = encodeFrame(word, batch);
  const text = JSON.stringify(word);
  assert.deepEqual([...frame.subarray(0, 4)], [0, 0, 0, text.length]);
  assert.equal(new TextDecoder().decode(frame.subarray(4, 4 + text.length)), text);
  assert.deepEqual(decodeFrame(frame), { word, batch });
});

test('a word can come alone', () => {
  assert.deepEqual(decodeFrame(encodeFrame(word, null)), { word, batch: null });
});

test('a frame inside a larger buffer is read from its own beginning', () => {
  const frame = encodeFrame(word, Uint8Array.of(9));
  const larger = new Uint8Array(frame.length + 20);
  larger.set(frame, 13);
  assert.deepEqual(decodeFrame(larger.subarray(13, 13 + frame.length)), { word, batch: Uint8Array.of(9) });
});

test('what is no frame is null', () => {
  const frame = encodeFrame(word, null);
  for (const broken of [
    new Uint8Array(0),
    frame.subarray(0, 3),
    frame.subarray(0, frame.length - 1),
    Uint8Array.of(0, 0, 0, 2, 0x7b, 0xff),
    Uint8Array.of(255, 255, 255, 255, 0x7b, 0x7d),
  ]) {
    assert.equal(decodeFrame(broken), null);
  }
});
