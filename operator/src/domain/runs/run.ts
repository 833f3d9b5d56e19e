/** Why a run began. */
export type RunReason = 'Created' | 'RunNow' | 'Resumed' | 'SpecChanged' | 'Schedule';
/** How a run ended. */
export type RunResult = 'Complete' | 'Stopped' | 'Suspended' | 'SpecChanged' | 'Deleted' | 'Replaced';

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

export function isRunning(run: RunRecord, nowMs: number): boolean {
  return run.endMs === null && (run.plannedEndMs === null || nowMs < run.plannedEndMs);
}
