import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postgresWarning, programWarning } from './warning-line.ts';

test('warnings and errors of programs are shown with their cause, routine is not', () => {
  assert.equal(programWarning('{"level":30,"time":1,"msg":"listening"}'), null);
  assert.equal(programWarning('{"level":40,"time":1,"msg":"spool is full"}'), 'warning: spool is full');
  assert.equal(
    programWarning(
      '{"level":50,"err":{"type":"Error","message":"connection refused"},"msg":"upload failed"}',
    ),
    'error: upload failed: connection refused',
  );
  assert.equal(programWarning('TypeError: x is not a function'), 'TypeError: x is not a function');
  assert.equal(programWarning(''), null);
});

test('Postgres: only what a person has to know', () => {
  assert.equal(
    postgresWarning(
      '2026-01-01 10:00:00 UTC [7] ERROR:  duplicate key value violates unique constraint "ledger"',
    ),
    null,
  );
  assert.equal(
    postgresWarning('2026-01-01 10:00:00 UTC [7] FATAL:  the database system is starting up'),
    null,
  );
  assert.equal(
    postgresWarning(
      '2026-01-01 10:00:00 UTC [7] PANIC:  could not write to file "pg_wal/xlogtemp.9": No space left on device',
    ),
    'panic: could not write to file "pg_wal/xlogtemp.9": No space left on device',
  );
});
