import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestRank } from './nearest-rank.ts';

const cases: [values: number[], percent: number, expected: number | null][] = [
  [[], 50, null],
  [[7], 1, 7],
  [[7], 99, 7],
  [[15, 20, 35, 40, 50], 30, 20],
  [[50, 20, 40, 15, 35], 40, 20],
  [[15, 20, 35, 40, 50], 50, 35],
  [[15, 20, 35, 40, 50], 100, 50],
  [Array.from({ length: 100 }, (_, i) => i + 1), 95, 95],
  [Array.from({ length: 100 }, (_, i) => i + 1), 99, 99],
];

for (const [values, percent, expected] of cases) {
  test(`p${percent} of ${values.length} values is ${expected}`, () => {
    assert.equal(nearestRank(values, percent), expected);
  });
}
