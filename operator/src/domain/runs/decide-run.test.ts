import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import { decideRun, type RunInput, runTiming } from './decide-run.ts';

const spec: StreamTestSpec = {
  destinations: [{ name: 'a', host: 'a.example' }],
  interval: '5s',
  duration: '1m',
};
const endless: StreamTestSpec = { destinations: spec.destinations };
const run = (over: Partial<RunInput['runs'][number]> = {}): RunInput['runs'][number] => ({
  id: 'r1',
  number: 1,
  reason: 'Created',
  startMs: 1_000,
  plannedEndMs: 61_000,
  endMs: null,
  result: null,
  timing: runTiming(spec),
  ...over,
});
const decide = (over: Partial<RunInput>) =>
  decideRun({
    spec,
    deleted: false,
    runs: [],
    runNow: null,
    stopNow: null,
    wasSuspended: false,
    nowMs: 10_000,
    ...over,
  });

test('a new test starts at once and ends after its duration', () => {
  assert.deepEqual(decide({}), {
    end: null,
    start: { reason: 'Created', plannedEndMs: 70_000 },
    againMs: 70_000,
  });
  assert.deepEqual(decide({ spec: endless }).start, { reason: 'Created', plannedEndMs: null });
});

test('a running test is left alone until its end', () => {
  assert.deepEqual(decide({ runs: [run()] }), { end: null, start: null, againMs: 61_000 });
  assert.deepEqual(decide({ runs: [run()], nowMs: 99_000 }), {
    end: { id: 'r1', endMs: 61_000, result: 'Complete' },
    start: null,
    againMs: null,
  });
});

test('stop, suspend and delete end the run now; nothing starts', () => {
  for (const [over, result] of [
    [{ stopNow: 'x' }, 'Stopped'],
    [{ spec: { ...spec, suspend: true } }, 'Suspended'],
    [{ deleted: true }, 'Deleted'],
  ] as const) {
    assert.deepEqual(decide({ runs: [run()], ...over }), {
      end: { id: 'r1', endMs: 10_000, result },
      start: null,
      againMs: null,
    });
  }
});

test('a stopped test stays stopped; run now, lifting suspend and new timing start it again', () => {
  const stopped = run({ endMs: 5_000, result: 'Stopped' });
  assert.equal(decide({ runs: [stopped] }).start, null);
  assert.equal(decide({ runs: [stopped], runNow: 'y' }).start?.reason, 'RunNow');
  assert.equal(decide({ runs: [stopped], wasSuspended: true }).start?.reason, 'Resumed');
  assert.equal(decide({ runs: [stopped], spec: { ...spec, interval: '2s' } }).start?.reason, 'SpecChanged');
});

test('new timing ends a run and starts the next in the same decision', () => {
  const { end, start } = decide({ runs: [run()], spec: { ...spec, duration: '5m' } });
  assert.equal(end?.result, 'SpecChanged');
  assert.deepEqual(start, { reason: 'SpecChanged', plannedEndMs: 310_000 });
});

test('a description changes nothing', () => {
  assert.deepEqual(decide({ runs: [run()], spec: { ...spec, description: 'x' } }), {
    end: null,
    start: null,
    againMs: 61_000,
  });
});

test('startAt waits, then starts once', () => {
  const later = { ...spec, schedule: { startAt: '1970-01-01T00:00:20Z' } };
  assert.deepEqual(decide({ spec: later }), { end: null, start: null, againMs: 20_000 });
  assert.equal(decide({ spec: later, nowMs: 20_000 }).start?.reason, 'Schedule');
  assert.equal(
    decide({
      spec: later,
      nowMs: 99_000,
      runs: [run({ endMs: 80_000, result: 'Complete', timing: runTiming(later) })],
    }).start,
    null,
  );
});
