import { formatDurationMs, type StreamTestSpec, type TestState } from '@streamswarm/contract';
import { nextRunMs } from '../runs/next-run.ts';
import { isRunning, type RunRecord } from '../runs/run.ts';

export interface StateInput {
  readonly spec: StreamTestSpec;
  /** Ascending by number. */
  readonly runs: readonly RunRecord[];
  readonly nowMs: number;
}

export interface StateView {
  readonly state: TestState;
  readonly message: string | null;
  readonly nextRunMs: number | null;
}

/** One word for people: what a test is doing, from its wish and its runs alone. */
export function testState({ spec, runs, nowMs }: StateInput): StateView {
  const last = runs.at(-1);
  const nextMs = nextRunMs(spec, nowMs);
  if (last !== undefined && isRunning(last, nowMs))
    return { state: 'Running', message: null, nextRunMs: nextMs };
  if (spec.suspend === true) {
    return { state: 'Suspended', message: 'set suspend to false to go on', nextRunMs: null };
  }
  if (nextMs !== null) {
    return {
      state: 'Scheduled',
      message: `starts in ${formatDurationMs(seconds(nextMs - nowMs))}`,
      nextRunMs: nextMs,
    };
  }
  if (last === undefined) return { state: 'Pending', message: 'waiting to be planned', nextRunMs: null };
  return {
    state: 'Complete',
    message: last.result === 'Stopped' ? 'stopped before its end' : null,
    nextRunMs: null,
  };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000) * 1_000;
}
