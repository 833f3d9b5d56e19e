import { isDeepStrictEqual } from 'node:util';
import type { PlanDecision } from '../../domain/assignments/decide-plan.ts';
import type { Queryable } from '../database.ts';
import type { TestRow } from './plan-state.ts';

/** Whether planning found out anything that is not stored yet. */
export function isNewStanding({ streams, problems }: PlanDecision, { standing }: TestRow): boolean {
  return streams.length !== standing.streams || !isDeepStrictEqual(problems, standing.problems);
}

/** Stores what planning found out where nothing of the plan itself is written, unless another plans now. */
export async function writeStanding(
  db: Queryable,
  { uid, resourceVersion }: TestRow,
  { decision, epoch }: { readonly decision: PlanDecision; readonly epoch: number },
): Promise<void> {
  await db.query(
    `with changed as (
       update stream_test set planned_streams = $2, problems = $3
       where uid = $1 and resource_version <= $4 and exists (select from leadership where epoch = $5)
       returning namespace, name
     )
     select pg_notify('streamswarm_live', json_build_object('entity', 'tests', 'key', namespace || '/' || name)::text)
     from changed`,
    [uid, decision.streams.length, JSON.stringify(decision.problems), resourceVersion, epoch],
  );
}
