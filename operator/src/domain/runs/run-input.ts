import type { RunResult, StreamTestSpec } from '@streamswarm/contract';
import { type ScheduleCursor, scheduleKey } from './due-time.ts';
import type { PastRun, RunTiming } from './run.ts';

/** All that the runs of a test are decided by. */
export interface RunInput {
  readonly spec: StreamTestSpec;
  readonly deleted: boolean;
  /** The latest runs, ascending by number. */
  readonly runs: readonly PastRun[];
  /** Values of the annotations that nobody acted on yet. */
  readonly runNow: string | null;
  readonly stopNow: string | null;
  /** Whether it was suspended when this was last decided. */
  readonly wasSuspended: boolean;
  readonly createdMs: number;
  /** How far its schedule is dealt with; null before the first decision. */
  readonly cursor: ScheduleCursor | null;
  readonly nowMs: number;
}

/** The end of a run that has none yet. */
export interface RunEnd {
  readonly id: string;
  readonly endMs: number;
  readonly result: RunResult;
}

export function runTiming(spec: StreamTestSpec): RunTiming {
  return {
    interval: spec.interval ?? null,
    duration: spec.duration ?? null,
    schedule: scheduleKey(spec.schedule),
  };
}
