import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossClass, lossTop, stripRuns } from './loss-scale.ts';

test('the lane ends at the first round share that holds the largest loss', () => {
  assert.equal(lossTop([240, 240], [0, 5]), 0.04);
  assert.equal(lossTop([0, 10], [7, 0]), 0.01);
  assert.equal(lossTop([4], [4]), 1);
});

test('loss classes begin at the first lost packet', () => {
  assert.deepEqual(
    [0, 1, 4, 14, 15].map((lost) => lossClass(1_000, lost)),
    [0, 2, 2, 3, 4],
  );
  assert.equal(lossClass(100_000, 99), 1);
  assert.equal(lossClass(0, 0), 0);
});

test('a row begins with its first sample and marks what is missing within', () => {
  assert.deepEqual(stripRuns([0, 10, 10, 0, 10, 0], [0, 0, 1, 0, 0, 0], 1), [
    { first: 1, end: 2, kind: 0 },
    { first: 2, end: 3, kind: 4 },
    { first: 3, end: 4, kind: 'none' },
    { first: 4, end: 5, kind: 0 },
  ]);
  assert.deepEqual(stripRuns([10, 0, 0], [0, 0, 0], 1).at(-1), { first: 1, end: 3, kind: 'none' });
  assert.deepEqual(stripRuns([0, 0], [0, 0], 0), []);
});
