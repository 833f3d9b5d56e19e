import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDurationMs, parseDurationMs } from './duration.ts';

test('durations are read in milliseconds', () => {
  for (const [text, ms] of [
    ['5s', 5_000],
    ['1m30s', 90_000],
    ['250ms', 250],
    ['2h', 7_200_000],
    ['1h2m3s4ms', 3_723_004],
  ] as const) {
    assert.equal(parseDurationMs(text), ms);
    assert.equal(formatDurationMs(ms), text);
  }
});

test('what is not a duration is null', () => {
  for (const text of ['', '5', '5 s', '1d', '-5s', '1.5s', '123456s', '5S'])
    assert.equal(parseDurationMs(text), null);
});
