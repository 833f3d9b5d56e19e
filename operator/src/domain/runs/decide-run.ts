import { durationMs, type StreamTestSpec } from '@streamswarm/contract';
import type { RunReason, RunRecord, RunResult } from './run.ts';

/** What of a spec starts a new run when it changes. */
export interface RunTiming {
  readonly interval: string | null;
  readonly duration: string | null;
  readonly schedule: string | null;
}

export function runTiming(spec: StreamTestSpec): RunTiming {
  return {
    interval: spec.interval ?? null,
    duration: spec.duration ?? null,
    schedule: spec.schedule === undefined ? null : JSON.stringify(spec.schedule),
  };
}

export interface RunInput {
  readonly spec: StreamTestSpec;
  readonly deleted: boolean;
  /** Ascending by number; each with the timing it was started with. */
  readonly runs: readonly (RunRecord & { readonly timing: RunTiming })[];
  /** Values of the annotations that nobody acted on yet. */
  readonly runNow: string | null;
  readonly stopNow: string | null;
  /** Whether it was suspended when this was last decided. */
  readonly wasSuspended: boolean;
  readonly nowMs: number;
}

export interface RunDecision {
  /** The running run ends: when, and how. */
  readonly end: { readonly id: string; readonly endMs: number; readonly result: RunResult } | null;
  readonly start: { readonly reason: RunReason; readonly plannedEndMs: number | null } | null;
  /** When to decide again, were nothing to change until then. */
  readonly againMs: number | null;
}

/** Which run of a test ends and which begins now. Pure: the same input gives the same decision. */
export function decideRun(input: RunInput): RunDecision {
  const { spec, deleted, runs, nowMs } = input;
  const last = runs.at(-1);
  const current = last !== undefined && last.endMs === null ? last : null;
  const duration = durationMs(spec);
  const startAtMs = spec.schedule?.startAt === undefined ? null : Date.parse(spec.schedule.startAt);

  const end = endOf(current, input);
  const running = current !== null && end === null;
  const reason = running ? null : startReason(last, input, startAtMs);
  const start =
    reason === null ? null : { reason, plannedEndMs: duration === null ? null : nowMs + duration };

  const againMs = [
    running ? current.plannedEndMs : null,
    start?.plannedEndMs ?? null,
    !deleted && last === undefined && start === null ? startAtMs : null,
  ].reduce<number | null>((least, at) => (at === null || (least !== null && least <= at) ? least : at), null);
  return { end, start, againMs };
}

function endOf(current: RunInput['runs'][number] | null, input: RunInput): RunDecision['end'] {
  if (current === null) return null;
  const { spec, deleted, nowMs } = input;
  const at = (result: RunResult, endMs = nowMs) => ({ id: current.id, endMs, result });
  // A run that is over has ended at its planned end, however late that is noticed.
  if (current.plannedEndMs !== null && current.plannedEndMs <= nowMs)
    return at('Complete', current.plannedEndMs);
  if (deleted) return at('Deleted');
  if (input.stopNow !== null) return at('Stopped');
  if (spec.suspend === true) return at('Suspended');
  if (input.runNow !== null) return at('Replaced');
  return sameTiming(current.timing, runTiming(spec)) ? null : at('SpecChanged');
}

function startReason(
  last: RunInput['runs'][number] | undefined,
  input: RunInput,
  startAtMs: number | null,
): RunReason | null {
  const { spec, deleted, nowMs } = input;
  if (deleted || spec.suspend === true || input.stopNow !== null) return null;
  if (input.runNow !== null) return 'RunNow';
  const due = startAtMs === null || startAtMs <= nowMs;
  if (last === undefined) return due ? (startAtMs === null ? 'Created' : 'Schedule') : null;
  if (!sameTiming(last.timing, runTiming(spec))) return due ? 'SpecChanged' : null;
  return input.wasSuspended ? 'Resumed' : null;
}

function sameTiming(a: RunTiming, b: RunTiming): boolean {
  return a.interval === b.interval && a.duration === b.duration && a.schedule === b.schedule;
}
