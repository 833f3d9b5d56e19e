import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import { decideRun, type RunDecision } from './decide-run.ts';
import { scheduleKey } from './due-time.ts';
import { NOTHING, pastRun, runInput, spec } from './fixtures/run-input.ts';
import type { PastRun } from './run.ts';
import { type RunInput, runTiming } from './run-input.ts';

const at = (text: string): number => Date.parse(`2026-03-01T${text}Z`);
const hourly: StreamTestSpec = { ...spec, duration: '10m', schedule: { cron: '0 * * * *' } };
const replacing: StreamTestSpec = {
  ...hourly,
  schedule: { cron: '0 * * * *', concurrencyPolicy: 'Replace' },
};
const cursor = (through: string, of: StreamTestSpec = hourly) => ({
  schedule: scheduleKey(of.schedule) ?? '',
  throughMs: at(through),
});
const ran = (from: string, over: Partial<PastRun> = {}, of: StreamTestSpec = hourly): PastRun =>
  pastRun({
    reason: 'Schedule',
    startMs: at(from),
    dueMs: at(from),
    plannedEndMs: at(from) + 600_000,
    timing: runTiming(of),
    ...over,
  });
const decide = (over: Partial<RunInput>): RunDecision =>
  decideRun(runInput({ spec: hourly, createdMs: at('11:30:00'), ...over }));
const reasons = (decision: RunDecision): string[] => decision.happenings.map((event) => event.reason);

test('cron: nothing runs before the first due time after the test was created', () => {
  const waiting = decide({ nowMs: at('11:30:01') });
  assert.deepEqual(waiting, {
    ...NOTHING,
    cursor: cursor('11:30:00'),
    nextRunMs: at('12:00:00'),
    againMs: at('12:00:00'),
  });
});

test('cron: a run starts when due, in the time of the schedule, once', () => {
  const started = decide({ cursor: cursor('11:30:00'), nowMs: at('12:00:00.040') });
  assert.deepEqual(started, {
    ...NOTHING,
    start: {
      reason: 'Schedule',
      startMs: at('12:00:00'),
      plannedEndMs: at('12:10:00'),
      dueMs: at('12:00:00'),
    },
    cursor: cursor('12:00:00'),
    nextRunMs: at('13:00:00'),
    againMs: at('12:10:00'),
  });
  for (const known of [cursor('12:00:00'), cursor('11:30:00'), null]) {
    const again = decide({ cursor: known, runs: [ran('12:00:00')], nowMs: at('12:00:00.090') });
    assert.equal(again.start, null, 'neither with the cursor nor by the run alone');
    assert.deepEqual(again.happenings, []);
  }
});

test('cron: a late start within the deadline has its whole duration; a later one is missed and said once', () => {
  const late = decide({ cursor: cursor('11:30:00'), nowMs: at('12:04:59') });
  assert.deepEqual(
    [late.start?.startMs, late.start?.plannedEndMs, late.start?.dueMs],
    [at('12:04:59'), at('12:14:59'), at('12:00:00')],
  );
  const missed = decide({ cursor: cursor('11:30:00'), nowMs: at('12:05:01') });
  assert.deepEqual([missed.start, reasons(missed)], [null, ['RunMissed']]);
  assert.deepEqual(missed.cursor, cursor('12:00:00'));
  assert.equal(missed.happenings[0]?.warning, true);
  const after = decide({ cursor: cursor('12:00:00'), nowMs: at('12:05:02') });
  assert.deepEqual([after.cursor, after.happenings, after.nextRunMs], [null, [], at('13:00:00')]);
  const patient: StreamTestSpec = { ...hourly, schedule: { cron: '0 * * * *', startingDeadline: '10m' } };
  assert.equal(
    decide({ spec: patient, cursor: cursor('11:30:00'), nowMs: at('12:05:01') }).start?.reason,
    'Schedule',
  );
});

test('cron: after a long outage at most one run starts', () => {
  const within = decide({ cursor: cursor('02:00:00'), nowMs: at('12:01:00') });
  assert.deepEqual([within.start?.dueMs, within.cursor], [at('12:00:00'), cursor('12:00:00')]);
  const beyond = decide({ cursor: cursor('02:00:00'), nowMs: at('12:40:00') });
  assert.deepEqual([beyond.start, beyond.cursor], [null, cursor('12:00:00')]);
  assert.match(beyond.happenings[0]?.message ?? '', /2026-03-01T12:00:00Z.*2400 s late.*5m.*before it/);
});

test('cron: Forbid leaves a due time out while a run is going, Replace ends that run', () => {
  const long = { plannedEndMs: at('12:50:00') };
  const forbidden = decide({
    cursor: cursor('11:00:00'),
    runs: [ran('11:00:00', long)],
    nowMs: at('12:00:00'),
  });
  assert.deepEqual([forbidden.end, forbidden.start, reasons(forbidden)], [null, null, ['RunSkipped']]);
  assert.deepEqual(forbidden.cursor, cursor('12:00:00'));
  const replaced = decide({
    spec: replacing,
    cursor: cursor('11:00:00', replacing),
    runs: [ran('11:00:00', long, replacing)],
    nowMs: at('12:00:00.020'),
  });
  assert.deepEqual(replaced.end, { id: 'r1', endMs: at('12:00:00.020'), result: 'Replaced' });
  assert.deepEqual(
    [replaced.start?.reason, replaced.start?.dueMs, replaced.start?.startMs],
    ['Schedule', at('12:00:00'), at('12:00:00.020')],
    'the next begins when the last ends',
  );
});

test('cron: runs as long as the time between them follow each other without a gap', () => {
  const full: StreamTestSpec = { ...hourly, duration: '1h' };
  const { end, start } = decide({
    spec: full,
    cursor: cursor('11:00:00'),
    runs: [ran('11:00:00', { plannedEndMs: at('12:00:00') }, full)],
    nowMs: at('12:00:00.300'),
  });
  assert.deepEqual(end, { id: 'r1', endMs: at('12:00:00'), result: 'Complete' });
  assert.deepEqual([start?.startMs, start?.plannedEndMs], [at('12:00:00'), at('13:00:00')]);
});

test('cron: while suspended nothing is due and nothing is missed; lifting it waits for the next due time', () => {
  const suspended = decide({
    spec: { ...hourly, suspend: true },
    cursor: cursor('11:00:00'),
    nowMs: at('12:00:30'),
  });
  assert.deepEqual(suspended, NOTHING);
  const lifted = decide({ cursor: cursor('11:00:00'), wasSuspended: true, nowMs: at('12:02:00') });
  assert.deepEqual(
    [lifted.start, lifted.happenings, lifted.cursor, lifted.nextRunMs],
    [null, [], cursor('12:02:00'), at('13:00:00')],
  );
});

test('cron: another interval restarts the run that is going, another line waits for its own time', () => {
  const runs = [ran('12:00:00')];
  const faster = decide({
    spec: { ...hourly, interval: '1s' },
    cursor: cursor('12:00:00'),
    runs,
    nowMs: at('12:03:00'),
  });
  assert.deepEqual(
    [faster.end?.result, faster.start?.reason, faster.start?.startMs],
    ['SpecChanged', 'SpecChanged', at('12:03:00')],
  );
  const other = { ...hourly, schedule: { cron: '30 * * * *' } };
  const moved = decide({ spec: other, cursor: cursor('12:00:00'), runs, nowMs: at('12:03:00') });
  assert.deepEqual(
    [moved.end?.result, moved.start, moved.nextRunMs, moved.cursor],
    ['SpecChanged', null, at('12:30:00'), cursor('12:03:00', other)],
  );
  const policy = decide({ spec: replacing, cursor: cursor('12:00:00'), runs, nowMs: at('12:03:00') });
  assert.deepEqual([policy.end, policy.start], [null, null], 'the policy is no new timing');
  const idle = [ran('12:00:00', { endMs: at('12:10:00'), result: 'Complete' })];
  const edited = decide({
    spec: { ...hourly, interval: '1s' },
    cursor: cursor('12:00:00'),
    runs: idle,
    nowMs: at('12:20:00'),
  });
  assert.equal(edited.start, null, 'nothing is going: the next due time has the new interval');
});

test('cron: run now and stop now, beside a due time', () => {
  const byHand = decide({ cursor: cursor('11:00:00'), runNow: 'x', nowMs: at('12:00:01') });
  assert.deepEqual([byHand.start?.reason, byHand.start?.dueMs], ['RunNow', null]);
  assert.deepEqual([reasons(byHand), byHand.cursor], [['RunSkipped'], cursor('12:00:00')]);
  const stopped = decide({
    cursor: cursor('12:00:00'),
    runs: [ran('12:00:00')],
    stopNow: 'x',
    nowMs: at('12:01:00'),
  });
  assert.deepEqual(
    [stopped.end?.result, stopped.start, stopped.nextRunMs],
    ['Stopped', null, at('13:00:00')],
  );
});

test('cron: a zone with its gap and its two equal hours', () => {
  const nightly: StreamTestSpec = {
    ...spec,
    schedule: { cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
  };
  for (const [now, due] of [
    ['2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    ['2026-10-25T00:30:00Z', '2026-10-25T00:30:00Z'],
    ['2026-10-25T01:30:00Z', null],
  ] as const) {
    const decision = decide({
      spec: nightly,
      cursor: { schedule: scheduleKey(nightly.schedule) ?? '', throughMs: Date.parse(now) - 1_800_000 },
      nowMs: Date.parse(now),
    });
    assert.equal(decision.start?.dueMs ?? null, due === null ? null : Date.parse(due), now);
  }
});

test('startAt waits, then starts once; missed, it is said, and stays said', () => {
  const once: StreamTestSpec = { ...spec, schedule: { startAt: '2026-03-01T12:00:00Z' } };
  const started = ran('12:00:00', { endMs: at('12:01:00'), result: 'Complete' }, once);
  const waiting = decide({ spec: once, nowMs: at('11:59:00') });
  assert.deepEqual(
    [waiting.start, waiting.nextRunMs, waiting.againMs],
    [null, at('12:00:00'), at('12:00:00')],
  );
  const start = decide({ spec: once, cursor: waiting.cursor, nowMs: at('12:00:00') });
  assert.deepEqual([start.start?.reason, start.start?.dueMs], ['Schedule', at('12:00:00')]);
  const after = decide({ spec: once, cursor: start.cursor, runs: [started], nowMs: at('12:03:00') });
  assert.deepEqual(after, NOTHING);
  const missed = decide({ spec: once, cursor: waiting.cursor, nowMs: at('12:05:01') });
  assert.deepEqual(
    [missed.start, reasons(missed), missed.problem?.reason],
    [null, ['RunMissed'], 'StartMissed'],
  );
  const later = decide({ spec: once, cursor: missed.cursor, nowMs: at('13:00:00') });
  assert.deepEqual([later.happenings, later.problem?.reason], [[], 'StartMissed']);
  const byHand = decide({ spec: once, cursor: missed.cursor, runNow: 'x', nowMs: at('13:00:00') });
  assert.deepEqual([byHand.start?.reason, byHand.problem], ['RunNow', null]);
  const lifted = decide({ spec: once, wasSuspended: true, nowMs: at('13:00:00') });
  assert.deepEqual([lifted.start?.reason, lifted.happenings], ['Resumed', []]);
});

test('startAt set on a running test: the run ends, and the next waits for it', () => {
  const later: StreamTestSpec = { ...spec, schedule: { startAt: '2026-03-01T12:00:00Z' } };
  const running = pastRun({ startMs: at('10:59:30'), plannedEndMs: at('11:00:30') });
  const { end, start, againMs } = decide({ spec: later, runs: [running], nowMs: at('11:00:00') });
  assert.deepEqual([end?.result, start, againMs], ['SpecChanged', null, at('12:00:00')]);
  const ended = pastRun({ endMs: at('11:00:00'), result: 'SpecChanged' });
  const come = decide({ spec: later, runs: [ended], nowMs: at('12:00:00') });
  assert.deepEqual([come.start?.reason, come.start?.dueMs], ['Schedule', at('12:00:00')]);
  const removed = decide({ runs: [ran('11:00:00', { endMs: at('11:10:00') })], spec, nowMs: at('11:20:00') });
  assert.equal(removed.start?.reason, 'SpecChanged', 'no schedule any more: now');
});

test('a line that never comes or cannot be read is a problem, and no run', () => {
  for (const [schedule, reason] of [
    [{ cron: '0 0 31 2 *' }, 'NeverDue'],
    [{ cron: 'often' }, 'InvalidSpec'],
    [{ cron: '0 0 * * *', timeZone: 'Mars/Olympus' }, 'InvalidSpec'],
  ] as const) {
    const decision = decide({ spec: { ...spec, schedule }, nowMs: at('12:00:00') });
    assert.deepEqual([decision.start, decision.againMs, decision.problem?.reason], [null, null, reason]);
  }
});
