import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaPath, linePath } from './band-paths.ts';

const place = { x: (step: number) => step * 10 + 5, y: (value: number) => 100 - value, width: 10 };

test('a line goes straight from step to step', () => {
  assert.equal(linePath([1, 2, 3], { first: 0, end: 3 }, place), 'M5,99L15,98L25,97');
});

test('a lone step is as wide as a step', () => {
  assert.equal(linePath([null, 4, null], { first: 1, end: 2 }, place), 'M10,96L20,96');
});

test('an area closes along its lower edge, which is the axis where there is none', () => {
  assert.equal(areaPath([3, 4], [1, 2], { first: 0, end: 2 }, place), 'M5,97L15,96L15,98L5,99Z');
  assert.equal(areaPath([3, 4], null, { first: 0, end: 2 }, place), 'M5,97L15,96L15,100L5,100Z');
});
