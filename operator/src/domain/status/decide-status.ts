import {
  durationMs,
  type Reason,
  RUN_NOW_ANNOTATION,
  STOP_NOW_ANNOTATION,
  type StreamTestSpec,
  type StreamTestStatus,
  type TestState,
} from '@streamswarm/contract';
import type { PlanFacts, RunFigures } from './plan-facts.ts';
import { decideStanding, type Standing } from './standing.ts';
import { latencyWords, lossWords, progressWords } from './status-words.ts';
import type { WantedCondition } from './wanted-condition.ts';
import { wholeSeconds } from './whole-seconds.ts';

export interface StatusInput {
  readonly spec: StreamTestSpec;
  readonly generation: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly plan: PlanFacts;
  /** Null before the first look at the results of this run. */
  readonly figures: RunFigures | null;
  readonly nowMs: number;
}

export type DecidedStatus = Omit<StreamTestStatus, 'conditions'> & {
  readonly conditions: readonly WantedCondition[];
};

/** As many as the status takes of the value of an annotation. */
const MOST_CHARACTERS = 256;

/** What a test's status says, from its wish, its plan and its results alone. */
export function decideStatus(input: StatusInput): DecidedStatus {
  const { annotations, spec, plan, figures, generation, nowMs } = input;
  const standing = decideStanding({ ...plan, spec, nowMs });
  const runNow = annotations[RUN_NOW_ANNOTATION];
  const stopNow = annotations[STOP_NOW_ANNOTATION];
  return {
    observedGeneration: generation,
    ...(runNow === undefined ? {} : { lastHandledRunNow: runNow.slice(0, MOST_CHARACTERS) }),
    ...(stopNow === undefined ? {} : { lastHandledStopNow: stopNow.slice(0, MOST_CHARACTERS) }),
    state: standing.state,
    conditions: conditionsOf(input, standing),
    ...(plan.run === null ? {} : { run: runOf(plan.run, input.nowMs) }),
    ...(plan.nextRunMs === null ? {} : { nextRunTime: wholeSeconds(plan.nextRunMs) }),
    ...(figures === null || figures.lastResultMs === null
      ? {}
      : { lastResultTime: wholeSeconds(figures.lastResultMs) }),
    agents: {
      assigned: figures?.assigned ?? plan.assignedAgents,
      reporting: figures?.reporting ?? 0,
      ...(figures === null || figures.worst.length === 0 ? {} : { worst: figures.worst.map(worstOf) }),
    },
    ...(figures === null ? {} : { samples: { ...figures.samples } }),
    summary: summaryOf(input),
  };
}

/** The status of a test whose spec this version refuses: what was planned before goes on, and that is said. */
export function refusedStatus(
  generation: number,
  problems: readonly { readonly path: string; readonly message: string }[],
): { observedGeneration: number; state: TestState; conditions: WantedCondition[] } {
  const message = problems.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
  return {
    observedGeneration: generation,
    state: 'Failed',
    conditions: [
      { type: 'Ready', status: 'False', reason: 'InvalidSpec', message },
      { type: 'Stalled', status: 'True', reason: 'InvalidSpec', message },
    ],
  };
}

function conditionsOf({ plan, figures }: StatusInput, standing: Standing): WantedCondition[] {
  const { state, obstacle, told } = standing;
  const conditions: WantedCondition[] = [];
  if (obstacle !== null) {
    const { stalled, reason } = obstacle;
    conditions.push(
      { type: 'Ready', status: 'False', reason, message: told },
      { type: stalled ? 'Stalled' : 'Reconciling', status: 'True', reason, message: told },
    );
  } else {
    const planned = planWords(plan, state);
    conditions.push({
      type: 'Ready',
      status: 'True',
      reason: plannedReason(state),
      message: told === '' ? planned : `${planned}; ${told}`,
    });
  }
  if (state === 'Complete' && plan.run !== null) {
    if (figures !== null && figures.samples.ok + figures.samples.lost + figures.samples.error === 0) {
      const message = 'the run has ended, and no agent had sent one result';
      conditions.push({ type: 'Failed', status: 'True', reason: 'NoResults', message });
    }
    const stopped = plan.run.result === 'Stopped';
    conditions.push({
      type: 'Complete',
      status: 'True',
      reason: stopped ? 'Stopped' : 'RunFinished',
      message: `run #${plan.run.number} ${stopped ? 'was stopped by hand' : 'is over'}; its results stay`,
    });
  }
  return conditions;
}

function plannedReason(state: TestState): Reason {
  return state === 'Suspended' || state === 'Scheduled' ? state : 'Planned';
}

function planWords(plan: PlanFacts, state: TestState): string {
  if (state === 'Suspended') return 'accepted; suspended, so nothing is measured';
  if (state === 'Scheduled' && plan.nextRunMs !== null)
    return `accepted; the next run starts at ${wholeSeconds(plan.nextRunMs)}`;
  if (state === 'Complete' || state === 'Pending') return 'accepted';
  return `planned: ${plural(plan.assignedAgents, 'agent')}, ${plural(plan.streams, 'stream')}`;
}

function runOf(run: NonNullable<PlanFacts['run']>, nowMs: number): NonNullable<StreamTestStatus['run']> {
  const ended =
    run.endMs ?? (run.plannedEndMs !== null && run.plannedEndMs <= nowMs ? run.plannedEndMs : null);
  return {
    id: run.id,
    number: run.number,
    startTime: wholeSeconds(run.startMs),
    ...(ended === null ? {} : { endTime: wholeSeconds(ended) }),
    reason: run.reason,
    ...(run.plannedEndMs === null ? {} : { progressPercent: percent(run, ended ?? nowMs) }),
    ...(run.result === null ? {} : { result: run.result }),
  };
}

function percent(run: { startMs: number; plannedEndMs: number | null }, atMs: number): number {
  const whole = (run.plannedEndMs ?? atMs) - run.startMs;
  return whole <= 0 ? 100 : Math.max(0, Math.min(100, Math.floor(((atMs - run.startMs) / whole) * 100)));
}

function summaryOf({ spec, plan, figures, nowMs }: StatusInput): NonNullable<StreamTestStatus['summary']> {
  const { run } = plan;
  const endMs = run === null ? nowMs : Math.min(run.endMs ?? nowMs, run.plannedEndMs ?? nowMs, nowMs);
  return {
    progress: run === null ? '' : progressWords(Math.max(0, endMs - run.startMs), durationMs(spec)),
    agents: `${figures?.reporting ?? 0}/${figures?.assigned ?? plan.assignedAgents}`,
    loss: lossWords(figures?.lossRatio ?? null),
    p95: latencyWords(figures?.p95Seconds ?? null),
  };
}

function worstOf({ agent, lossRatio, p95Seconds }: RunFigures['worst'][number]) {
  return {
    name: agent,
    ...(lossRatio === null ? {} : { loss: lossWords(lossRatio) }),
    ...(p95Seconds === null ? {} : { p95: latencyWords(p95Seconds) }),
  };
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
