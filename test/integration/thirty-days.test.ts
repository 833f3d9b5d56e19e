import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveThirtyDays, THIRTY_DAYS_SHORT } from '../prove/scale/thirty-days.ts';

test('days of a test are answered as all their values say, out of few rows, by the level that serves', async () => {
  const figures = await proveThirtyDays(THIRTY_DAYS_SHORT);
  const { days, agents } = THIRTY_DAYS_SHORT;
  // Two probes an agent; the last minute of a stream has its slots before the end.
  assert.equal(figures.minutesPlanted, days * 1_440 * agents * 2);
  assert.deepEqual(
    Object.values(figures.ranges).map(({ level, steps }) => [level, steps]),
    [
      ['raw', 360],
      ['1m', 360],
      ['10m', 144],
      ['10m', 288],
    ],
  );
});
