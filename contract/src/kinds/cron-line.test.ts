import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCronLine } from './cron-line.ts';

test('five fields with lists, ranges that go up, steps and names, and the five words', () => {
  for (const line of [
    '* * * * *',
    '*/15 * * * *',
    '0 9 * * mon-fri',
    '0 9 * JAN,Mar *',
    '5,10-20/2,59 0-23 1-31 1-12 0-7',
    '09  05 01 01 7',
    '@hourly',
    '@daily',
    '@weekly',
    '@monthly',
    '@yearly',
  ]) {
    assert.equal(isCronLine(line), true, line);
  }
});

test('what readers of cron lines disagree about is no line', () => {
  for (const line of [
    '',
    'every day',
    '* * * *',
    '0 * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '*/60 * * * *',
    '5/15 * * * *',
    '20-10 * * * *',
    '0 9 * * fri-sun',
    '0 9 * * mon-5',
    '0 9 L * *',
    '0 9 * * 1#2',
    '@reboot',
    'TZ=UTC * * * * *',
  ]) {
    assert.equal(isCronLine(line), false, line);
  }
});
