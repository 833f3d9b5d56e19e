import type { StreamTestSpec } from '@streamswarm/contract';
import { decideRun, type RunDecision, type RunStart } from '../runs/decide-run.ts';
import type { PlanProblem } from '../runs/happening.ts';
import type { RunRecord } from '../runs/run.ts';
import { runEnded, runStarted } from '../runs/run-happenings.ts';
import type { RunInput } from '../runs/run-input.ts';
import type { AgentRecord } from './agent-record.ts';
import { decideAssignments, type WishedStream } from './decide-assignments.ts';
import { decideSpans, type OpenSpan, type SpanChanges } from './decide-spans.ts';
import type { ServiceLookup } from './service-target.ts';

export interface PlanInput extends RunInput {
  readonly cluster: string;
  readonly testUid: string;
  readonly namespace: string;
  readonly spec: StreamTestSpec;
  readonly open: readonly OpenSpan[];
  readonly agents: readonly AgentRecord[];
  readonly services: ServiceLookup | undefined;
}

export interface PlanDecision extends RunDecision {
  /** The run that is going once this is applied; its id is NEW_RUN where it starts now. */
  readonly running: RunRecord | null;
  readonly streams: readonly WishedStream[];
  readonly spans: SpanChanges;
  readonly problems: readonly PlanProblem[];
}

/** No id of a run: nothing that is open belongs to a run that has not begun. */
export const NEW_RUN = '';

/** All that planning one test decides: its run, its streams, and what of them changes. */
export function decidePlan(input: PlanInput): PlanDecision {
  const decision = decideRun(input);
  const { end, start, problem } = decision;
  const last = input.runs.at(-1);
  const goingOn = last !== undefined && last.endMs === null && end === null ? last : null;
  const running = start === null ? goingOn : newRun(input, start);
  // What is in the way is worth knowing before the run begins, and of no interest after the last one.
  const isAhead = running !== null || decision.nextRunMs !== null;
  const { streams, problems } = isAhead ? decideAssignments(input) : { streams: [], problems: [] };
  return {
    ...decision,
    running,
    streams: running === null ? [] : streams,
    spans: decideSpans(input.open, running === null ? [] : streams, running?.id ?? null),
    problems: problem === null ? problems : [problem, ...problems],
    happenings: [
      ...(end === null ? [] : [runEnded(last?.number ?? 0, end.result)]),
      ...decision.happenings,
      ...(start === null ? [] : [runStarted(newRun(input, start).number, input.spec)]),
    ],
  };
}

function newRun(input: PlanInput, { reason, startMs, plannedEndMs }: RunStart): RunRecord {
  const number = (input.runs.at(-1)?.number ?? 0) + 1;
  return { id: NEW_RUN, number, reason, startMs, plannedEndMs, endMs: null, result: null };
}
