import type { PlanStanding } from '../../../domain/status/standing.ts';
import type { Queryable } from '../../database.ts';

/** What planning last found out about each test, by UID. */
export async function standingsOfTests(
  db: Queryable,
  uids: readonly string[],
): Promise<Map<string, PlanStanding>> {
  const rows = await db.query<PlanStanding & { uid: string }>(
    'select uid, planned_streams as streams, problems from stream_test where uid = any($1::uuid[])',
    [uids],
  );
  return new Map(rows.map(({ uid, ...standing }) => [uid, standing]));
}
