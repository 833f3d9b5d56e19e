import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticks } from './round-ticks.ts';
import { valueAxis } from './value-axis.ts';

test('ticks are round and begin at 0', () => {
  assert.deepEqual(ticks(200, 4), [0, 50, 100, 150, 200]);
  assert.deepEqual(ticks(0.35, 4), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticks(1, 4), [0, 0.25, 0.5, 0.75, 1]);
});

test('an axis holds its values, with some room', () => {
  const axis = valueAxis([0.01, null, 0.05], 4);
  assert.ok(axis !== null && axis.max > 0.05 && axis.max < 0.06 && !axis.clips);
  assert.equal(valueAxis([null, null]), null);
  assert.equal(valueAxis([0, 0])?.max, 1);
});

test('a single peak is clipped, and the axis says so', () => {
  const calm = Array.from({ length: 100 }, () => 10);
  const axis = valueAxis([...calm, 900]);
  assert.ok(axis?.clips);
  assert.equal(axis.max, 15);
  assert.ok(!valueAxis([...calm, 39])?.clips);
});
