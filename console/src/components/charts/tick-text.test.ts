import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tickText } from './tick-text.ts';

test('ticks are in the unit of the top one, which alone names it', () => {
  const ticks = (values: readonly number[]) => values.map((value) => tickText(value, 0.2, 'seconds'));
  assert.deepEqual(ticks([0, 0.05, 0.1, 0.2]), ['0', '50', '100', '200\u00a0ms']);
  assert.equal(tickText(1.5, 2, 'seconds'), '1.5');
  assert.equal(tickText(0.25, 0.25, 'ratio'), '25\u00a0%');
});
