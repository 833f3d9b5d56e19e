import assert from 'node:assert/strict';
import { test } from 'node:test';
import { largestKnown } from './largest-known.ts';

test('what is not known is neither 0 nor the largest', () => {
  assert.equal(largestKnown([null, -2, null, -3]), -2);
  assert.equal(largestKnown([null, null]), null);
  assert.equal(largestKnown([]), null);
});
