import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interruptReader } from './interrupts.ts';

test('the echoes of one key press are one request, a second press kills', () => {
  const read = interruptReader();
  assert.deepEqual([1_000, 1_002, 1_030, 2_500].map(read), ['stop', 'echo', 'echo', 'kill']);
});
