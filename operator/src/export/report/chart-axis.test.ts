import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsOf, utcTicks, valueTicks } from './chart-axis.ts';

test('an axis begins at 0, ends at a round value and holds every value', () => {
  assert.deepEqual(valueTicks([0.0655, null, 0.01]), { max: 0.08, ticks: [0, 0.02, 0.04, 0.06, 0.08] });
  assert.deepEqual(valueTicks([0, 0]), { max: 1, ticks: [0, 0.25, 0.5, 0.75, 1] });
  assert.equal(valueTicks([null, null]), null);
  assert.equal(valueTicks([]), null);
  for (const value of [1e-6, 0.3, 0.999, 1, 7, 12_345]) {
    const axis = valueTicks([value]);
    assert.ok(axis !== null && axis.max >= value && axis.ticks.length <= 6, `${value}`);
  }
});

test('times are round and in UTC', () => {
  const noon = Date.parse('2026-12-01T12:00:00Z');
  assert.deepEqual(
    utcTicks(noon, noon + 600_000).map(({ text }) => text),
    ['12:00', '12:02', '12:04', '12:06', '12:08', '12:10'],
  );
  assert.deepEqual(
    utcTicks(noon, noon + 30_000).map(({ text }) => text),
    ['12:00:00', '12:00:05', '12:00:10', '12:00:15', '12:00:20', '12:00:25', '12:00:30'],
  );
  assert.ok(utcTicks(noon, noon + 365 * 86_400_000).length <= 7);
});

test('a gap parts a line', () => {
  assert.deepEqual(runsOf([1, 2, null, 3]), [
    { first: 0, end: 2 },
    { first: 3, end: 4 },
  ]);
  assert.deepEqual(runsOf([null]), []);
});
