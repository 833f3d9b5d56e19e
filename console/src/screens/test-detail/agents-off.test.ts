import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergedWords, readOff, toggledOff } from './agents-off.ts';

test('the address lists who is off, each once', () => {
  assert.deepEqual(readOff(null), []);
  assert.deepEqual(readOff(''), []);
  assert.deepEqual(readOff('w-1,w-2,,w-1'), ['w-1', 'w-2']);
});

test('a second press undoes the first', () => {
  assert.deepEqual(toggledOff(['w-1'], 'w-2'), ['w-1', 'w-2']);
  assert.deepEqual(toggledOff(toggledOff(['w-1'], 'w-2'), 'w-2'), ['w-1']);
});

test('the large chart says whom it leaves out', () => {
  assert.equal(mergedWords([]), 'all agents');
  assert.equal(mergedWords(['w-1', 'w-2']), 'without w-1, w-2');
  assert.equal(mergedWords(['a', 'b', 'c', 'd']), 'without 4 agents');
});
