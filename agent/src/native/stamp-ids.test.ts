import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StampIds } from './stamp-ids.ts';

test('own ids are the counters themselves', () => {
  const ids = new StampIds(true);
  assert.equal(ids.idFor(77), 77);
  ids.failed();
  assert.equal(ids.lost, false);
  assert.equal(ids.counterOf(77, false), 77);
});

test('the kernel counts sends from 0', () => {
  const ids = new StampIds(false);
  assert.equal(ids.idFor(500), null);
  ids.sent(500);
  ids.sent(502);
  assert.equal(ids.counterOf(0, true), 500);
  assert.equal(ids.counterOf(1, false), 502);
  assert.equal(ids.counterOf(2, false), -1);
});

test('after a failure the count is learnt from the next scheduling stamp', () => {
  const ids = new StampIds(false);
  ids.sent(10);
  ids.failed();
  assert.equal(ids.lost, true);
  ids.sent(12);
  // A transmit stamp of an earlier packet teaches nothing.
  assert.equal(ids.counterOf(0, false), 10);
  assert.equal(ids.lost, true);
  // The failed send had consumed number 1.
  assert.equal(ids.counterOf(2, true), 12);
  assert.equal(ids.lost, false);
  ids.sent(13);
  assert.equal(ids.counterOf(3, true), 13);
  assert.equal(ids.counterOf(2, false), 12);
});
