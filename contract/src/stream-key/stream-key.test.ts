import assert from 'node:assert/strict';
import { test } from 'node:test';
import { streamKey, streamOffsetMs } from './stream-key.ts';

const identity = { cluster: 'c', testUid: 't', agent: 'a', destination: 'd', endpoint: '', probe: 'icmp' };

test('a key is a positive int8 and stays the same', () => {
  const key = streamKey(identity);
  assert.ok(key >= 0n && key < 2n ** 63n);
  assert.equal(key, streamKey({ ...identity }));
});

test('parts do not run into each other', () => {
  assert.notEqual(streamKey({ ...identity, agent: 'ad', destination: '' }), streamKey(identity));
});

test('offsets lie in the period', () => {
  assert.equal(streamOffsetMs(12_345n, 5_000), 2_345);
});
