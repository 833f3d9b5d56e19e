import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapRuns, valueRuns } from './runs.ts';

const VALUES = [null, null, 1, 2, null, 3, null, null, 4, 0, null];

test('lines are broken at every step without a value, and 0 is a value', () => {
  assert.deepEqual(valueRuns(VALUES), [
    { first: 2, end: 4 },
    { first: 5, end: 6 },
    { first: 8, end: 10 },
  ]);
  assert.deepEqual(valueRuns([]), []);
});

test('one missing step is a gap, the time before the first value is none', () => {
  assert.deepEqual(gapRuns(VALUES, 2), [
    { first: 4, end: 5 },
    { first: 6, end: 8 },
  ]);
});

test('the newest steps are a gap only once they are too old to be on their way', () => {
  assert.deepEqual(gapRuns([1, null, null], 2), []);
  assert.deepEqual(gapRuns([1, null, null, null], 2), [{ first: 1, end: 4 }]);
  assert.deepEqual(gapRuns([null, null], 0), []);
});
