import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunRecord } from '../domain/runs/run.ts';
import { guideProgress } from './guide-progress.ts';

const NOW = 1_000_000;
const run = (over: Partial<RunRecord> = {}): RunRecord => ({
  id: 'r',
  number: 1,
  reason: 'Created',
  startMs: NOW - 60_000,
  plannedEndMs: NOW + 180_000,
  endMs: null,
  result: null,
  ...over,
});

test('a run is as far as its clock', () => {
  assert.deepEqual(guideProgress({ state: 'Running', run: run(), nowMs: NOW }), {
    progress: 25,
    status: 'running',
    elapsed_time: 60,
    remaining_time: 180,
  });
});

test('before the first run nothing has gone by, and how long it will take is not known', () => {
  assert.deepEqual(guideProgress({ state: 'Scheduled', run: null, nowMs: NOW }), {
    progress: 0,
    status: 'pending',
    elapsed_time: null,
    remaining_time: null,
  });
});

test('a test without end has no progress', () => {
  assert.deepEqual(guideProgress({ state: 'Running', run: run({ plannedEndMs: null }), nowMs: NOW }), {
    progress: null,
    status: 'running',
    elapsed_time: 60,
    remaining_time: null,
  });
});

test('one that was stopped stays where it was, and one that is over is whole', () => {
  const stopped = run({ endMs: NOW - 30_000, result: 'Stopped' });
  assert.deepEqual(guideProgress({ state: 'Complete', run: stopped, nowMs: NOW }), {
    progress: 12.5,
    status: 'stopped',
    elapsed_time: 30,
    remaining_time: 0,
  });
  const over = run({ startMs: NOW - 300_000, plannedEndMs: NOW - 60_000 });
  assert.deepEqual(guideProgress({ state: 'Complete', run: over, nowMs: NOW }), {
    progress: 100,
    status: 'completed',
    elapsed_time: 240,
    remaining_time: 0,
  });
});
