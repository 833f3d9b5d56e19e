import { PROBES, RUN_NOW_ANNOTATION, STOP_NOW_ANNOTATION, type StreamTestSpec } from '@streamswarm/contract';
import { type AgentRecord, decideAssignments } from '../../domain/assignments/decide-assignments.ts';
import { decideSpans, type OpenSpan } from '../../domain/assignments/decide-spans.ts';
import { decideRun, type RunTiming, runTiming } from '../../domain/runs/decide-run.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { clockMs, type Database, type Transaction } from '../database.ts';
import { writeEvent } from '../queries/write-event.ts';
import { beginPlanning } from './leadership.ts';

export const PLAN_CHANNEL = 'streamswarm_plan';

interface TestRow {
  uid: string;
  namespace: string;
  name: string;
  spec: StreamTestSpec;
  annotations: Record<string, string>;
  handledRunNow: string | null;
  handledStopNow: string | null;
  wasSuspended: boolean;
  deleted: boolean;
}

/**
 * Plans one test: gathers what is, decides what should be, and applies the difference, in one transaction that
 * carries the epoch of its planner. Returns when to look again, or null.
 */
export async function planTest(
  db: Database,
  epoch: number,
  cluster: string,
  uid: string,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const revision = await beginPlanning(tx, epoch);
    const [test] = await tx.query<TestRow>(
      `select uid, namespace, name, spec, annotations, handled_run_now as "handledRunNow",
              handled_stop_now as "handledStopNow", was_suspended as "wasSuspended", deleted_at is not null as deleted
       from stream_test where uid = $1 for update`,
      [uid],
    );
    if (test === undefined) return null;
    const runs = await loadRuns(tx, uid);
    const open = await loadOpenSpans(tx, uid);
    const nowMs = await clockMs(tx);
    const runNow = unhandled(test.annotations[RUN_NOW_ANNOTATION], test.handledRunNow);
    const stopNow = unhandled(test.annotations[STOP_NOW_ANNOTATION], test.handledStopNow);
    const { spec, deleted, wasSuspended } = test;
    const decision = decideRun({ spec, deleted, runs, runNow, stopNow, wasSuspended, nowMs });

    if (decision.end !== null) await endRun(tx, test, runs, decision.end);
    const started =
      decision.start === null ? null : await startRun(tx, test, { ...decision.start, startMs: nowMs });
    const last = runs.at(-1);
    const going = last !== undefined && last.endMs === null && decision.end === null ? last : null;
    const run = started ?? going;

    const agents = run === null ? [] : await tx.query<AgentRecord>('select id, name, labels from agent');
    const wishes = run === null ? [] : decideAssignments({ cluster, testUid: uid, spec: test.spec, agents });
    const changes = decideSpans(open, wishes, run?.id ?? null);
    await tx.query(
      'update span set to_ms = least(coalesce(to_ms, $2), $2), revision = $3 where id = any($1)',
      [changes.close, decision.end?.endMs ?? nowMs, revision],
    );
    for (const { id, wish } of changes.change) {
      await tx.query('update span set options = $2, target = $3, revision = $4 where id = $1', [
        id,
        JSON.stringify(wish.options),
        wish.target === null ? null : JSON.stringify(wish.target),
        revision,
      ]);
    }
    if (run !== null) {
      for (const wish of changes.open) {
        await tx.query(
          `insert into span (stream, test_uid, run_id, agent_id, destination, endpoint, probe, kind, options, target,
                             start_ms, period_ms, offset_ms, from_ms, to_ms, opened_revision, revision)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)`,
          [
            wish.stream,
            uid,
            run.id,
            wish.agentId,
            wish.destination,
            wish.endpoint,
            wish.probe,
            wish.kind,
            JSON.stringify(wish.options),
            wish.target === null ? null : JSON.stringify(wish.target),
            run.startMs,
            wish.periodMs,
            wish.offsetMs,
            nowMs,
            run.plannedEndMs,
            revision,
          ],
        );
      }
    }
    await tx.query(
      `update stream_test set handled_run_now = coalesce($2, handled_run_now),
              handled_stop_now = coalesce($3, handled_stop_now), was_suspended = $4
       where uid = $1 and (($2::text is not null) or ($3::text is not null) or was_suspended <> $4)`,
      [uid, runNow, stopNow, spec.suspend === true],
    );
    if (changes.close.length + changes.change.length + changes.open.length > 0) {
      await tx.query('select pg_notify($1, $2)', [PLAN_CHANNEL, '']);
    }
    if (decision.end !== null || decision.start !== null) {
      await tx.query('select pg_notify($1, $2)', [
        'streamswarm_live',
        JSON.stringify({ entity: 'tests', key: `${test.namespace}/${test.name}` }),
      ]);
    }
    return decision.againMs;
  });
}

/** A run-now or stop-now that nobody acted on yet. */
function unhandled(value: string | undefined, handled: string | null): string | null {
  return value === undefined || value === handled ? null : value;
}

async function loadRuns(tx: Transaction, uid: string): Promise<(RunRecord & { timing: RunTiming })[]> {
  return tx.query(
    `select id, number, reason, start_ms::float8 as "startMs", planned_end_ms::float8 as "plannedEndMs",
            end_ms::float8 as "endMs", result, timing
     from run where test_uid = $1 order by number`,
    [uid],
  );
}

/** Locked before the time of the plan is taken: no batch can be weighed against a plan that is half made. */
async function loadOpenSpans(tx: Transaction, uid: string): Promise<OpenSpan[]> {
  return tx.query(
    `select span.id::float8 as id, agent_id as "agentId", destination, endpoint, probe, kind, run_id as "runId",
            period_ms::float8 as "periodMs", options, target
     from span join run on run.id = span.run_id
     where span.test_uid = $1 and run.end_ms is null
       and (to_ms is null or to_ms = run.planned_end_ms)
     for update of span`,
    [uid],
  );
}

async function endRun(
  tx: Transaction,
  test: TestRow,
  runs: readonly RunRecord[],
  end: { id: string; endMs: number; result: string },
): Promise<void> {
  await tx.query('update run set end_ms = $2, result = $3 where id = $1', [end.id, end.endMs, end.result]);
  const number = runs.find((run) => run.id === end.id)?.number;
  await writeEvent(tx, {
    kind: 'run',
    reason: `Run${end.result}`,
    message: `run #${number} ended: ${END_WORDS[end.result] ?? end.result}`,
    namespace: test.namespace,
    test: test.name,
  });
}

const END_WORDS: Readonly<Record<string, string>> = {
  Complete: 'its duration is over',
  Stopped: 'stopped by hand',
  Suspended: 'the test was suspended',
  SpecChanged: 'interval, duration or schedule changed',
  Deleted: 'the test was deleted',
  Replaced: 'replaced by a run started by hand',
};

async function startRun(
  tx: Transaction,
  test: TestRow,
  run: { reason: RunRecord['reason']; startMs: number; plannedEndMs: number | null },
): Promise<RunRecord> {
  const [row] = await tx.query<{ id: string; number: number }>(
    `insert into run (test_uid, number, reason, start_ms, planned_end_ms, timing)
     select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 from run where test_uid = $1
     returning id, number`,
    [test.uid, run.reason, run.startMs, run.plannedEndMs, JSON.stringify(runTiming(test.spec))],
  );
  if (row === undefined) throw new Error('a run was not stored');
  const probes = (test.spec.probes ?? []).length || Object.keys(PROBES).length;
  await writeEvent(tx, {
    kind: 'run',
    reason: 'RunStarted',
    message: `run #${row.number} started: ${plural(test.spec.destinations.length, 'destination')}, ${plural(probes, 'probe')}`,
    namespace: test.namespace,
    test: test.name,
  });
  return { ...row, ...run, endMs: null, result: null };
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
