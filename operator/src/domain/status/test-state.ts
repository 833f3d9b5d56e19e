import { formatDurationMs, type StreamTestSpec, type TestState } from '@streamswarm/contract';
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
  const startAtMs = spec.schedule?.startAt === undefined ? null : Date.parse(spec.schedule.startAt);
  if (last !== undefined && isRunning(last, nowMs))
    return { state: 'Running', message: null, nextRunMs: null };
  if (spec.suspend === true) {
    return { state: 'Suspended', message: 'set suspend to false to go on', nextRunMs: null };
  }
  if (startAtMs !== null && startAtMs > nowMs && last === undefined) {
    return {
      state: 'Scheduled',
      message: `starts in ${formatDurationMs(seconds(startAtMs - nowMs))}`,
      nextRunMs: startAtMs,
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
