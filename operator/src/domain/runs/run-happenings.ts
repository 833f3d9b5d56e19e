import { effectiveProbes, type RunResult, type StreamTestSpec } from '@streamswarm/contract';
import { type Schedule, startingDeadlineText } from './due-time.ts';
import type { Happening } from './happening.ts';

export function runStarted(number: number, spec: StreamTestSpec): Happening {
  const what = `${plural(spec.destinations.length, 'destination')}, ${plural(effectiveProbes(spec).length, 'probe')}`;
  return { reason: 'RunStarted', message: `run #${number} started: ${what}`, warning: false };
}

export function runEnded(number: number, result: RunResult): Happening {
  return { reason: `Run${result}`, message: `run #${number} ended: ${END_WORDS[result]}`, warning: false };
}

const END_WORDS: Readonly<Record<RunResult, string>> = {
  Complete: 'its duration is over',
  Stopped: 'stopped by hand',
  Suspended: 'the test was suspended',
  SpecChanged: 'interval, duration or schedule changed',
  Deleted: 'the test was deleted',
  Replaced: 'replaced by the next run',
};

/** A start that came too late: the operator was away for longer than the deadline. */
export function runMissed(schedule: Schedule, missed: { missedMs: number; more: boolean; lateMs: number }) {
  const others = missed.more ? ' Due times before it were missed too.' : '';
  return {
    reason: 'RunMissed',
    message: `no run for ${when(missed.missedMs)}: it was noticed ${seconds(missed.lateMs)} late, and startingDeadline is ${startingDeadlineText(schedule)}.${others}`,
    warning: true,
  } satisfies Happening;
}

/** A start that is left out because of another run, or of a stop. */
export function runSkipped(dueMs: number, why: string): Happening {
  return { reason: 'RunSkipped', message: `no run for ${when(dueMs)}: ${why}`, warning: true };
}

export function when(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
