import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatFilter } from './repeat-filter.ts';

test('a repeated warning is shown once a minute, another one at once', () => {
  let ms = 0;
  const shows = repeatFilter(() => ms);
  assert.equal(shows('request 1 failed'), true);
  assert.equal(shows('request 2 failed'), false);
  assert.equal(shows('spool is full'), true);
  ms = 59_999;
  assert.equal(shows('request 3 failed'), false);
  ms = 60_000;
  assert.equal(shows('request 4 failed'), true);
});
