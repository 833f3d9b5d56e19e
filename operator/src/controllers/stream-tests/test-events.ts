import type { EventReason, Problem } from '@streamswarm/contract';
import type { Happening } from '../../domain/runs/happening.ts';
import type { PlanOutcome } from '../../store/planning/plan-outcome.ts';

/** What `kubectl describe` tells of a test. */
export interface TestEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: EventReason;
  readonly note: string;
}

export interface PlannedNow {
  readonly outcome: PlanOutcome;
  /** Why the newest spec is refused; empty where it is planned. */
  readonly refused: readonly Problem[];
  /** The newest spec had not been planned before. */
  readonly isNewSpec: boolean;
}

/** What is new since the last planning, in the order in which it happened. */
export function testEvents({ outcome, refused, isNewSpec }: PlannedNow): TestEvent[] {
  const happened = outcome.happenings.flatMap(eventOf);
  if (refused.length > 0) {
    const note = refused.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return [...happened, { type: 'Warning', reason: 'Refused', note }];
  }
  const stops = outcome.problems.filter(({ stops: isStop }) => isStop);
  const stopped: TestEvent[] = stops.map(({ message }) => ({
    type: 'Warning',
    reason: 'Refused',
    note: message,
  }));
  const accepted: TestEvent[] =
    isNewSpec && outcome.streams > 0
      ? [
          {
            type: 'Normal',
            reason: 'Accepted',
            note: `planned: ${plural(outcome.assignedAgents, 'agent')}, ${plural(outcome.streams, 'stream')}`,
          },
        ]
      : [];
  return [...accepted, ...happened, ...stopped];
}

function eventOf({ reason, message, warning }: Happening): TestEvent[] {
  const type = warning ? 'Warning' : 'Normal';
  if (reason === 'RunStarted') return [{ type, reason, note: message }];
  if (reason === 'RunMissed' || reason === 'RunSkipped')
    return [{ type, reason: 'RunMissed', note: message }];
  return reason.startsWith('Run') ? [{ type, reason: 'RunFinished', note: message }] : [];
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
