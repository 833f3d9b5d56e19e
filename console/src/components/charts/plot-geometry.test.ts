import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spreadLabels } from './plot-geometry.ts';

test('labels keep their order and their distance, and stay in the plot', () => {
  assert.deepEqual(spreadLabels([100, 98, 40], 14, 10), [100, 86, 40]);
  assert.deepEqual(spreadLabels([22, 20, 18], 14, 10), [38, 24, 10]);
  assert.deepEqual(spreadLabels([], 14, 10), []);
});
