import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import { nextRunMs } from './next-run.ts';

test('the next run is the next due time of the schedule, or none', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  const at = (schedule: StreamTestSpec['schedule'], suspend = false): string | null => {
    const ms = nextRunMs({ destinations: [], suspend, ...(schedule === undefined ? {} : { schedule }) }, now);
    return ms === null ? null : new Date(ms).toISOString();
  };
  assert.equal(at({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' }), '2026-03-02T01:30:00.000Z');
  assert.equal(at({ cron: '0 12 * * *' }), '2026-03-02T12:00:00.000Z', 'due now is not next');
  assert.equal(at({ startAt: '2026-03-01T14:00:00+01:00' }), '2026-03-01T13:00:00.000Z');
  assert.equal(at({ startAt: '2026-03-01T12:00:00Z' }), null);
  assert.equal(at({ cron: '0 0 31 2 *' }), null);
  assert.equal(at({ cron: '@hourly' }, true), null);
  assert.equal(at(undefined), null);
});
