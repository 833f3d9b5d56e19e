import type { StreamTestSpec, TestState } from '@streamswarm/contract';
import type { PlanProblem } from '../runs/happening.ts';
import { isRunning, type RunRecord } from '../runs/run.ts';

/** What planning last found out about a test. */
export interface PlanStanding {
  /** Of the run that is going; 0 between runs. */
  readonly streams: number;
  readonly problems: readonly PlanProblem[];
}

export interface StandingInput extends PlanStanding {
  readonly spec: Pick<StreamTestSpec, 'suspend'>;
  /** The run that is going, else the last one. */
  readonly run: RunRecord | null;
  readonly nextRunMs: number | null;
  readonly nowMs: number;
}

export interface Standing {
  readonly state: TestState;
  /** Why nothing is measured although it should be; null where it is, or where nothing should be. */
  readonly obstacle: Obstacle | null;
  /** Every problem in one line; '' where there is none. */
  readonly told: string;
}

export interface Obstacle {
  /** Whether somebody has to act; else waiting mends it. */
  readonly stalled: boolean;
  readonly reason: string;
}

/** How a test stands. kubectl, API and console all say what is decided here. */
export function decideStanding(input: StandingInput): Standing {
  const { run, streams, problems, nowMs } = input;
  const state = stateOf(input);
  const told = problems.map(({ message }) => message).join('; ');
  const first = problems.find(({ stops }) => stops) ?? problems[0];
  const measuresNothing = run !== null && isRunning(run, nowMs) && streams === 0;
  const stalled = state === 'Failed';
  if (first === undefined || !(measuresNothing || stalled)) return { state, obstacle: null, told };
  return { state, obstacle: { stalled, reason: first.reason }, told };
}

function stateOf(input: StandingInput): TestState {
  const { spec, run, nextRunMs, nowMs } = input;
  if (run !== null && isRunning(run, nowMs)) return isBlocked(input) ? 'Failed' : 'Running';
  if (spec.suspend === true) return 'Suspended';
  if (nextRunMs !== null) return 'Scheduled';
  if (run !== null) return 'Complete';
  return isBlocked(input) ? 'Failed' : 'Pending';
}

/** These mend themselves: an agent joins, a node comes. */
const WAITS_FOR_AGENTS: ReadonlySet<string> = new Set([
  'NoAgents',
  'NoFarAgents',
  'AgentHasNoAddress',
  'NodeNotFound',
]);

/** Nothing of it can be measured, for a reason that waiting alone does not mend. */
function isBlocked({ streams, problems }: PlanStanding): boolean {
  return streams === 0 && problems.some(({ stops, reason }) => stops && !WAITS_FOR_AGENTS.has(reason));
}
