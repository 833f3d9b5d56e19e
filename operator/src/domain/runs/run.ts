import type { RunReason, RunResult } from '@streamswarm/contract';

/** One execution of a test. Times are milliseconds of Postgres's clock. */
export interface RunRecord {
  readonly id: string;
  readonly number: number;
  readonly reason: RunReason;
  readonly startMs: number;
  /** start + duration; null for "until stopped". */
  readonly plannedEndMs: number | null;
  /** When it ended, also before its planned end; null while it runs. */
  readonly endMs: number | null;
  readonly result: RunResult | null;
}

/** A run as planning remembers it. */
export interface PastRun extends RunRecord {
  /** What of the spec it was started with. */
  readonly timing: RunTiming;
  /** The due time of the schedule that it was started for; null where something else started it. */
  readonly dueMs: number | null;
}

/** What of a spec starts a new run when it changes. */
export interface RunTiming {
  readonly interval: string | null;
  readonly duration: string | null;
  /** scheduleKey of its schedule. */
  readonly schedule: string | null;
}

export function isRunning(run: RunRecord, nowMs: number): boolean {
  return run.endMs === null && (run.plannedEndMs === null || nowMs < run.plannedEndMs);
}
