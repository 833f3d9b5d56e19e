import type { StreamTestSpec } from '@streamswarm/contract';
import type { OpenSpan } from '../../domain/assignments/decide-spans.ts';
import type { ScheduleCursor } from '../../domain/runs/due-time.ts';
import type { PastRun } from '../../domain/runs/run.ts';
import type { PlanStanding } from '../../domain/status/standing.ts';
import type { Queryable } from '../database.ts';

/** A test as it is stored. */
export interface TestRow {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly generation: number;
  readonly resourceVersion: string;
  readonly spec: StreamTestSpec;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly handledRunNow: string | null;
  readonly handledStopNow: string | null;
  readonly wasSuspended: boolean;
  readonly cursor: ScheduleCursor | null;
  /** What the planning before this one found out. */
  readonly standing: PlanStanding;
  readonly createdMs: number;
  readonly deleted: boolean;
}

/** A living test of the same name with another UID. */
export interface Rival {
  readonly uid: string;
  readonly resourceVersion: string;
}

/** All that planning one test goes by, out of one snapshot of the store. */
export interface PlanState {
  /** Postgres's clock. */
  readonly nowMs: number;
  /** Of the leadership row. */
  readonly epoch: number;
  readonly agentsVersion: number;
  readonly test: TestRow | null;
  readonly rival: Rival | null;
  /** The latest runs, ascending by number. */
  readonly runs: readonly PastRun[];
  /** Spans of the run that is not over, as far as they are open. */
  readonly open: readonly OpenSpan[];
}

/** As many runs as decisions ever look back on; a due time is found by its index anyway. */
const RUNS_BACK = 5;

export async function loadPlanState(
  db: Queryable,
  uid: string,
  named: { readonly namespace: string; readonly name: string } | null,
): Promise<PlanState> {
  const [row] = await db.query<PlanState>(
    `select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs", leadership.epoch::float8 as epoch,
       agent_list.version::float8 as "agentsVersion",
       (select json_build_object('uid', uid, 'namespace', namespace, 'name', name, 'generation', generation,
          'resourceVersion', resource_version::text, 'spec', spec, 'labels', labels, 'annotations', annotations,
          'handledRunNow', handled_run_now, 'handledStopNow', handled_stop_now, 'wasSuspended', was_suspended,
          'cursor', case when schedule_key is not null then
            json_build_object('schedule', schedule_key, 'throughMs', schedule_through_ms) end,
          'standing', json_build_object('streams', planned_streams, 'problems', problems),
          'createdMs', floor(extract(epoch from created_at) * 1000)::int8, 'deleted', deleted_at is not null)
        from stream_test where uid = $1) as test,
       (select json_build_object('uid', uid, 'resourceVersion', resource_version::text)
        from stream_test where namespace = $2 and name = $3 and uid <> $1 and deleted_at is null) as rival,
       (select coalesce(json_agg(json_build_object('id', id, 'number', number, 'reason', reason, 'startMs', start_ms,
          'plannedEndMs', planned_end_ms, 'endMs', end_ms, 'result', result, 'timing', timing, 'dueMs', due_ms)
          order by number), '[]')
        from (select * from run where test_uid = $1 order by number desc limit ${RUNS_BACK}) as latest) as runs,
       (select coalesce(json_agg(json_build_object('id', span.id, 'agentId', agent_id, 'destination', destination,
          'endpoint', endpoint, 'probe', probe, 'kind', kind, 'runId', run_id, 'periodMs', period_ms,
          'options', options, 'target', target) order by span.id), '[]')
        from run join span on span.run_id = run.id
        where run.test_uid = $1 and run.end_ms is null
          and (span.to_ms is null or span.to_ms = run.planned_end_ms)) as open
     from leadership, agent_list`,
    [uid, named?.namespace ?? null, named?.name ?? null],
    { name: 'plan-state' },
  );
  if (row === undefined) throw new Error('the database has no leadership row: it was not migrated');
  return row;
}
