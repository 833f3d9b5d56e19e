import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NEW_CONNECTION, nextConnection } from '../../api/connection-state.ts';
import { reportText } from './report-text.ts';

test('a report says since when, and what was tried with which outcome', () => {
  let connection = nextConnection(NEW_CONNECTION, { type: 'answered', atMs: 1_000 });
  for (const [atMs, outcome] of [
    [2_000, '503 database-unavailable'],
    [7_000, 'no answer'],
  ] as const) {
    connection = nextConnection(connection, { type: 'failed', atMs, what: 'GET /api/v1/fleet', outcome });
  }
  const text = reportText({ connection, page: 'http://h/', browser: 'Test/1', nowMs: 9_000 });
  assert.deepEqual(text.split('\n'), [
    'StreamSwarm console: the operator does not answer',
    'page          http://h/',
    'now           1970-01-01T00:00:09.000Z',
    'failing since 1970-01-01T00:00:02.000Z',
    'last answer   1970-01-01T00:00:01.000Z',
    'its clock     minus that of this browser: 0 ms',
    'browser       Test/1',
    'tried (newest first)',
    '  1970-01-01T00:00:07.000Z GET /api/v1/fleet: no answer',
    '  1970-01-01T00:00:02.000Z GET /api/v1/fleet: 503 database-unavailable',
    '',
  ]);
});
