import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BodyReader, KEPT_BYTES } from './body-reader.ts';

test('a body is kept whole, and its rate leaves out what came first', () => {
  const body = new BodyReader();
  assert.deepEqual([body.bytes, body.whole()?.length, body.rate(0)], [0, 0, null]);
  body.add(Buffer.from('hel'), 1_000);
  assert.equal(body.rate(0), 'too-short');
  body.add(Buffer.from('lo'), 3_000);
  assert.deepEqual([body.bytes, body.whole()?.toString(), body.rate(0)], [5, 'hello', 8]);
});

test('a body larger than what is kept is counted on', () => {
  const body = new BodyReader();
  body.add(Buffer.alloc(KEPT_BYTES), 0);
  assert.equal(body.whole()?.length, KEPT_BYTES);
  body.add(Buffer.alloc(1), 2_000);
  body.add(Buffer.alloc(4), 4_000);
  assert.deepEqual([body.bytes, body.whole()], [KEPT_BYTES + 5, null]);
  assert.equal(body.rate(0), 10);
});
