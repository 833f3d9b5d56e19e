import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleOf } from './schedule-of.ts';

test('a time begins with a year, the rest is cron; other fields stay', () => {
  const before = { cron: '0 2 * * *', timeZone: 'Europe/Berlin', startingDeadline: '5m' };
  assert.equal(scheduleOf('', before), undefined);
  assert.deepEqual(scheduleOf('*/15 * * * *', before), { ...before, cron: '*/15 * * * *' });
  assert.deepEqual(scheduleOf('2026-12-01T09:00:00Z', before), {
    startAt: '2026-12-01T09:00:00Z',
    startingDeadline: '5m',
  });
  assert.deepEqual(scheduleOf('0 2 * * *', {}), { cron: '0 2 * * *' });
});
