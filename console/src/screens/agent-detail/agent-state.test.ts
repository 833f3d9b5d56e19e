import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentState, troubleOf } from './agent-state.ts';

const there = { gone: false, revokedAt: null, online: true, suspended: false };

test('an agent has one word, and only one that is not heard is wrong', () => {
  const words = [
    there,
    { ...there, suspended: true },
    { ...there, online: false, suspended: true },
    { ...there, online: false, gone: true },
    { ...there, online: false, gone: true, revokedAt: '2026-11-27T10:00:00Z' },
  ].map((agent) => agentState(agent));
  assert.deepEqual(
    words.map(({ word }) => word),
    ['Online', 'Suspended', 'Offline', 'Gone', 'Revoked'],
  );
  assert.deepEqual(
    words.filter(({ wrong }) => wrong).map(({ word }) => word),
    ['Offline'],
  );
});

test('what went wrong is counted against the slots that were due', () => {
  const books = { scheduled: 1_300, ok: 1_190, lost: 7, error: 3, pending: 100 };
  assert.equal(troubleOf(books), '7 lost, 3 in error of 1,200 slots');
  assert.equal(troubleOf({ ...books, lost: 0 }), '3 in error of 1,200 slots');
  assert.equal(troubleOf({ ...books, lost: 0, error: 0 }), null);
  assert.equal(troubleOf(undefined), null);
});
