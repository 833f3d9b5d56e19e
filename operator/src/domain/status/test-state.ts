import { formatDurationMs, type StreamTestSpec, type TestState } from '@streamswarm/contract';
import { nextRunMs } from '../runs/next-run.ts';
import type { RunRecord } from '../runs/run.ts';
import { decideStanding, type PlanStanding } from './standing.ts';

export interface StateInput extends PlanStanding {
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

/** One word for people: what a test is doing, from its wish, its runs and its plan; the same word that kubectl shows. */
export function testState({ spec, runs, streams, problems, nowMs }: StateInput): StateView {
  const run = runs.at(-1) ?? null;
  const nextMs = nextRunMs(spec, nowMs);
  const { state, told } = decideStanding({ spec, run, nextRunMs: nextMs, streams, problems, nowMs });
  const words = [remark(state, run, nextMs === null ? null : nextMs - nowMs), told];
  return {
    state,
    message: words.filter((part) => part !== null && part !== '').join('; ') || null,
    nextRunMs: nextMs,
  };
}

function remark(state: TestState, run: RunRecord | null, untilMs: number | null): string | null {
  switch (state) {
    case 'Suspended':
      return 'set suspend to false to go on';
    case 'Scheduled':
      return untilMs === null ? null : `starts in ${formatDurationMs(seconds(untilMs))}`;
    case 'Pending':
      return 'waiting to be planned';
    case 'Complete':
      return run?.result === 'Stopped' ? 'stopped before its end' : null;
    default:
      return null;
  }
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000) * 1_000;
}
