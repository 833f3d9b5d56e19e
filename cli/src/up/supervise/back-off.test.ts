import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deathsInARow, restartDelayMs } from './back-off.ts';

test('waits 0.2 s, then twice as long each time, at most 5 s', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 1_000].map(restartDelayMs),
    [200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000],
  );
});

test('a long life wipes the slate', () => {
  assert.equal(deathsInARow(7, 29_999), 8);
  assert.equal(deathsInARow(7, 30_000), 1);
});
