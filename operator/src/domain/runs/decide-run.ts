import { durationMs, intervalMs, type RunReason, type RunResult } from '@streamswarm/contract';
import { decideSchedule } from './decide-schedule.ts';
import { deletionMs } from './deletion.ts';
import type { ScheduleCursor } from './due-time.ts';
import type { Happening, PlanProblem } from './happening.ts';
import type { PastRun, RunTiming } from './run.ts';
import { type RunEnd, type RunInput, runTiming } from './run-input.ts';
import { scheduleProblem } from './schedule-problem.ts';

export interface RunStart {
  readonly reason: RunReason;
  /** The due time itself where the start is hardly late, else now. */
  readonly startMs: number;
  readonly plannedEndMs: number | null;
  /** The due time of the schedule that it starts for; null where something else starts it. */
  readonly dueMs: number | null;
}

export interface RunDecision {
  readonly end: RunEnd | null;
  readonly start: RunStart | null;
  /** To be remembered together with the start; null where nothing new is to be remembered. */
  readonly cursor: ScheduleCursor | null;
  /** When the schedule starts the next run. */
  readonly nextRunMs: number | null;
  /** When ttlAfterFinished deletes the test; may have passed. */
  readonly deleteAtMs: number | null;
  /** When to decide again, were nothing to change until then. */
  readonly againMs: number | null;
  /** What was left out, and why. Starts and ends are told where their numbers are known. */
  readonly happenings: readonly Happening[];
  readonly problem: PlanProblem | null;
}

/** And less than one interval: the first slot of each stream must lie in it. */
const HARDLY_LATE_MS = 10_000;

/** Which run of a test ends and which begins now. Pure: the same input gives the same decision. */
export function decideRun(input: RunInput): RunDecision {
  const { runs, nowMs } = input;
  const last = runs.at(-1);
  const current = last !== undefined && last.endMs === null ? last : null;
  const early = endOf(current, input);
  const byHand = startByHand(input, early);
  const scheduled = decideSchedule(input, {
    running: current !== null && early === null,
    otherStart: byHand !== null,
  });
  const replaced: RunEnd | null =
    scheduled.replaces && current !== null ? { id: current.id, endMs: nowMs, result: 'Replaced' } : null;
  const end = early ?? replaced;
  const start = startOf(byHand, scheduled.dueMs, input, end?.endMs ?? last?.endMs ?? null);
  const goingOn = current !== null && end === null ? current : null;
  const deleteAtMs = start === null && goingOn === null ? deletionMs(input, end, scheduled.nextRunMs) : null;
  return {
    end,
    start,
    cursor: scheduled.cursor,
    nextRunMs: scheduled.nextRunMs,
    deleteAtMs,
    againMs: earliest([
      goingOn?.plannedEndMs ?? null,
      start?.plannedEndMs ?? null,
      scheduled.nextRunMs,
      deleteAtMs !== null && deleteAtMs > nowMs ? deleteAtMs : null,
    ]),
    happenings: scheduled.happenings,
    problem: scheduleProblem(input, start !== null || goingOn !== null),
  };
}

/** The end of the current run, as far as it does not wait for another to start. */
function endOf(current: PastRun | null, input: RunInput): RunEnd | null {
  if (current === null) return null;
  const { spec, deleted, nowMs } = input;
  const at = (result: RunResult, endMs = nowMs): RunEnd => ({ id: current.id, endMs, result });
  // A run that is over has ended at its planned end, however late that is noticed.
  if (current.plannedEndMs !== null && current.plannedEndMs <= nowMs)
    return at('Complete', current.plannedEndMs);
  if (deleted) return at('Deleted');
  if (input.stopNow !== null) return at('Stopped');
  if (spec.suspend === true) return at('Suspended');
  if (input.runNow !== null) return at('Replaced');
  return sameTiming(current.timing, runTiming(spec)) ? null : at('SpecChanged');
}

/** Why a run starts because of what people did, and not because its time has come; null where none does. */
function startByHand(input: RunInput, early: RunEnd | null): RunReason | null {
  const { spec, deleted, stopNow, runNow, runs, wasSuspended, nowMs } = input;
  if (deleted || spec.suspend === true) return null;
  // Where nothing is going there is nothing to stop, and a stop that was asked for before keeps nothing from starting.
  if (stopNow !== null && (early !== null || runNow !== null)) return null;
  if (runNow !== null) return 'RunNow';
  const last = runs.at(-1);
  const timing = runTiming(spec);
  const sameSchedule = last?.timing.schedule === timing.schedule;
  if (early?.result === 'SpecChanged' && sameSchedule) return 'SpecChanged';
  if (spec.schedule?.cron !== undefined) return null;
  const { startAt } = spec.schedule ?? {};
  if (startAt !== undefined && Date.parse(startAt) > nowMs) return null;
  if (last === undefined) return startAt === undefined ? 'Created' : wasSuspended ? 'Resumed' : null;
  if (last.endMs === null && early === null) return null;
  // A new startAt that has come is the schedule's to start, within its deadline.
  if (!sameSchedule && startAt !== undefined) return wasSuspended ? 'Resumed' : null;
  if (wasSuspended) return 'Resumed';
  if (!sameTiming(last.timing, timing)) return 'SpecChanged';
  // It was taken for deleted, and lives.
  return last.result === 'Deleted' ? 'Resumed' : null;
}

function startOf(
  byHand: RunReason | null,
  dueMs: number | null,
  { spec, nowMs }: RunInput,
  lastEndMs: number | null,
): RunStart | null {
  const reason = byHand ?? (dueMs === null ? null : 'Schedule');
  if (reason === null) return null;
  // A start that is hardly late keeps the times of the schedule, so that runs of one hour fit an hourly line.
  const onTime =
    byHand === null && dueMs !== null && nowMs - dueMs < Math.min(intervalMs(spec), HARDLY_LATE_MS);
  const startMs = onTime ? Math.max(dueMs, lastEndMs ?? dueMs) : nowMs;
  const duration = durationMs(spec);
  return {
    reason,
    startMs,
    plannedEndMs: duration === null ? null : startMs + duration,
    dueMs: byHand === null ? dueMs : null,
  };
}

function sameTiming(a: RunTiming, b: RunTiming): boolean {
  return a.interval === b.interval && a.duration === b.duration && a.schedule === b.schedule;
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
