import type { TestState } from '@streamswarm/contract';
import { isRunning, type RunRecord } from '../domain/runs/run.ts';

export type GuideStatus = 'pending' | 'running' | 'completed' | 'stopped' | 'failed';
export const GUIDE_STATUSES = [
  'pending',
  'running',
  'completed',
  'stopped',
  'failed',
] as const satisfies readonly GuideStatus[];

export interface GuideProgress {
  /** Per cent; null where the test has no end. */
  readonly progress: number | null;
  readonly status: GuideStatus;
  /** Seconds; null before the first run. */
  readonly elapsed_time: number | null;
  /** Seconds; null where the test has no end, or has not begun. */
  readonly remaining_time: number | null;
}

export interface ProgressInput {
  readonly state: TestState;
  /** The last run. */
  readonly run: RunRecord | null;
  readonly nowMs: number;
}

export function guideStatus({ state, run }: Omit<ProgressInput, 'nowMs'>): GuideStatus {
  switch (state) {
    case 'Pending':
    case 'Scheduled':
      return 'pending';
    case 'Running':
      return 'running';
    case 'Suspended':
      return 'stopped';
    case 'Failed':
      return 'failed';
    case 'Complete':
      return run?.result === 'Stopped' ? 'stopped' : 'completed';
  }
}

/** How far the last run of a test is, by the clock alone. */
export function guideProgress(input: ProgressInput): GuideProgress {
  const { run, nowMs } = input;
  const status = guideStatus(input);
  if (run === null || status === 'pending') {
    return { progress: 0, status, elapsed_time: null, remaining_time: null };
  }
  const { startMs, plannedEndMs } = run;
  const untilMs = isRunning(run, nowMs) ? nowMs : (run.endMs ?? plannedEndMs ?? nowMs);
  const elapsedMs = Math.max(0, untilMs - startMs);
  const wholeMs = plannedEndMs === null ? null : plannedEndMs - startMs;
  return {
    progress: wholeMs === null ? null : tenths(Math.min(1, elapsedMs / Math.max(1, wholeMs)) * 100),
    status,
    elapsed_time: tenths(elapsedMs / 1_000),
    remaining_time:
      status !== 'running' ? 0 : wholeMs === null ? null : tenths(Math.max(0, wholeMs - elapsedMs) / 1_000),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
