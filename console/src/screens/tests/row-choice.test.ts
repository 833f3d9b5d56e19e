import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsBetween, toggled } from './row-choice.ts';

test('a range goes both ways and holds both ends', () => {
  const order = ['a', 'b', 'c', 'd'];
  assert.deepEqual(rowsBetween(order, 'b', 'd'), ['b', 'c', 'd']);
  assert.deepEqual(rowsBetween(order, 'c', 'a'), ['a', 'b', 'c']);
  assert.deepEqual(rowsBetween(order, 'b', 'b'), ['b']);
  assert.deepEqual(rowsBetween(order, 'gone', 'b'), [], 'its begin was filtered away');
});

test('a row is chosen and let go, and the choice before stays as it was', () => {
  const before = new Set(['a']);
  assert.deepEqual([...toggled(before, 'b')], ['a', 'b']);
  assert.deepEqual([...toggled(before, 'a')], []);
  assert.deepEqual([...before], ['a']);
});
