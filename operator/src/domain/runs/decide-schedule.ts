import { decideDue, dueTimes, type ScheduleCursor, scheduleKey, startingDeadlineMs } from './due-time.ts';
import type { Happening } from './happening.ts';
import { runMissed, runSkipped } from './run-happenings.ts';
import type { RunInput } from './run-input.ts';

export interface ScheduleDecision {
  /** The due time that a run starts for now. */
  readonly dueMs: number | null;
  /** The current run ends for it. */
  readonly replaces: boolean;
  readonly cursor: ScheduleCursor | null;
  readonly nextRunMs: number | null;
  readonly happenings: readonly Happening[];
}

const NOTHING: ScheduleDecision = {
  dueMs: null,
  replaces: false,
  cursor: null,
  nextRunMs: null,
  happenings: [],
};

/** What the schedule of a test asks for now. `otherStart`: a run starts for another reason at the same moment. */
export function decideSchedule(
  input: RunInput,
  { running, otherStart }: { running: boolean; otherStart: boolean },
): ScheduleDecision {
  const { spec, runs, nowMs } = input;
  const { schedule } = spec;
  const key = scheduleKey(schedule);
  if (schedule === undefined || key === null || input.deleted || spec.suspend === true) return NOTHING;
  const times = dueTimes(schedule);
  if (times === null) return NOTHING;
  const throughMs = dealtWithMs(input, key);
  const due = decideDue(times, { throughMs, nowMs, deadlineMs: startingDeadlineMs(schedule) });
  const cursor = { schedule: key, throughMs: due.dueMs ?? due.missedMs ?? throughMs };
  const decision = (over: Partial<ScheduleDecision>): ScheduleDecision => ({
    ...NOTHING,
    cursor: sameCursor(input.cursor, cursor) ? null : cursor,
    nextRunMs: due.nextMs,
    ...over,
  });
  if (due.missedMs !== null) {
    const missed = { missedMs: due.missedMs, more: due.more, lateMs: nowMs - due.missedMs };
    return decision({ happenings: [runMissed(schedule, missed)] });
  }
  const { dueMs } = due;
  if (dueMs === null || runs.some((run) => run.dueMs === dueMs)) return decision({});
  const skipped = (why: string) => decision({ happenings: [runSkipped(dueMs, why)] });
  if (input.stopNow !== null) return skipped('the test was stopped by hand at that time');
  if (otherStart) return skipped('another run began at that time');
  if (!running) return decision({ dueMs });
  if (schedule.concurrencyPolicy === 'Replace') return decision({ dueMs, replaces: true });
  return skipped(
    'the run before it is still going; make duration shorter, or set concurrencyPolicy: Replace',
  );
}

/** Due times up to here are none of our business: decided on, before the schedule was, or while suspended. */
function dealtWithMs(input: RunInput, key: string): number {
  const { spec, cursor, runs, nowMs } = input;
  if (input.wasSuspended) return nowMs;
  if (cursor?.schedule === key) return cursor.throughMs;
  if (spec.schedule?.startAt !== undefined) return Date.parse(spec.schedule.startAt) - 1;
  return cursor === null && runs.length === 0 ? input.createdMs : nowMs;
}

function sameCursor(a: ScheduleCursor | null, b: ScheduleCursor): boolean {
  return a !== null && a.schedule === b.schedule && a.throughMs === b.throughMs;
}
