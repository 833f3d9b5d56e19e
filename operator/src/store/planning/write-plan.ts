import type { PlanDecision } from '../../domain/assignments/decide-plan.ts';
import type { OpenSpan } from '../../domain/assignments/decide-spans.ts';
import type { RunStart } from '../../domain/runs/decide-run.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { type RunEnd, runTiming } from '../../domain/runs/run-input.ts';
import type { Transaction } from '../database.ts';
import { writeEvents } from '../queries/write-event.ts';
import { notifyAgents } from './plan-changes.ts';
import type { TestRow } from './plan-state.ts';
import { changeSpans, closeSpans, openSpans } from './write-spans.ts';

export interface PlanToWrite {
  readonly test: TestRow;
  readonly decision: PlanDecision;
  readonly open: readonly OpenSpan[];
  /** The values of run-now and stop-now that are acted on. */
  readonly runNow: string | null;
  readonly stopNow: string | null;
  readonly revision: number;
  readonly nowMs: number;
}

/** Writes what was decided of one test; returns the run that is going now. */
export async function writePlan(tx: Transaction, plan: PlanToWrite): Promise<RunRecord | null> {
  const { test, decision, open, revision, nowMs } = plan;
  const { end, start, spans, happenings } = decision;
  if (end !== null) await endRun(tx, test, end);
  const running = start === null ? decision.running : await insertRun(tx, test, start);
  await closeSpans(tx, spans.close, { toMs: end?.endMs ?? nowMs, revision });
  await changeSpans(tx, spans.change, revision);
  if (running !== null) await openSpans(tx, spans.open, { testUid: test.uid, run: running, nowMs, revision });
  await rememberHandled(tx, plan);
  const { namespace, name } = test;
  await writeEvents(
    tx,
    happenings.map((happening) => ({ ...happening, kind: 'run', namespace, test: name })),
  );
  const agentOf = new Map(open.map((span) => [span.id, span.agentId]));
  await notifyAgents(tx, [
    ...spans.close.flatMap((id) => agentOf.get(id) ?? []),
    ...spans.change.map(({ wish }) => wish.agentId),
    ...spans.open.map((wish) => wish.agentId),
  ]);
  return running;
}

/** A stop answers every edit that was made until then: none of them starts a run afterwards. */
async function endRun(tx: Transaction, test: TestRow, { id, endMs, result }: RunEnd): Promise<void> {
  const timing = result === 'Stopped' ? JSON.stringify(runTiming(test.spec)) : null;
  await tx.query('update run set end_ms = $2, result = $3, timing = coalesce($4, timing) where id = $1', [
    id,
    endMs,
    result,
    timing,
  ]);
}

async function insertRun(tx: Transaction, test: TestRow, start: RunStart): Promise<RunRecord> {
  const { reason, startMs, plannedEndMs, dueMs } = start;
  const [row] = await tx.query<{ id: string; number: number }>(
    `insert into run (test_uid, number, reason, start_ms, planned_end_ms, timing, due_ms)
     select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 from run where test_uid = $1
     returning id, number`,
    [test.uid, reason, startMs, plannedEndMs, JSON.stringify(runTiming(test.spec)), dueMs],
  );
  if (row === undefined) throw new Error('a run was not stored');
  return { ...row, reason, startMs, plannedEndMs, endMs: null, result: null };
}

async function rememberHandled(tx: Transaction, plan: PlanToWrite): Promise<void> {
  const { test, decision, runNow, stopNow } = plan;
  const cursor = decision.cursor ?? test.cursor;
  await tx.query(
    `update stream_test set handled_run_now = $2, handled_stop_now = $3, was_suspended = $4, schedule_key = $5,
       schedule_through_ms = $6, planned_streams = $7, problems = $8
     where uid = $1`,
    [
      test.uid,
      runNow ?? test.handledRunNow,
      stopNow ?? test.handledStopNow,
      test.spec.suspend === true,
      cursor?.schedule ?? null,
      cursor?.throughMs ?? null,
      decision.streams.length,
      JSON.stringify(decision.problems),
    ],
  );
}
