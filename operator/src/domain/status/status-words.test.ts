import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latencyWords, lossWords, progressWords } from './status-words.ts';

test('loss is never rounded to none or all', () => {
  assert.deepEqual([null, 0, 0.000_01, 0.0004, 0.125, 0.9995, 1].map(lossWords), [
    '',
    '0%',
    '<0.01%',
    '0.04%',
    '12.5%',
    '>99.9%',
    '100%',
  ]);
});

test('latency has three digits and its unit', () => {
  assert.deepEqual([null, 0.000_008_4, 0.000_84, 0.000_999_9, 0.0123, 0.1, 0.9996, 1.254].map(latencyWords), [
    '',
    '8.4us',
    '840us',
    '1ms',
    '12.3ms',
    '100ms',
    '1s',
    '1.25s',
  ]);
});

test('progress is elapsed of duration, in whole minutes once it is long', () => {
  assert.equal(progressWords(181_400, 300_000), '3m1s/5m');
  assert.equal(progressWords(0, 300_000), '0s/5m');
  assert.equal(progressWords(3_599_000, null), '59m');
});
