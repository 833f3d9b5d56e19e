import type { RunRecord } from '../../../domain/runs/run.ts';
import type { Queryable } from '../../database.ts';

/** Runs of tests by UID, each ascending by number; `last` is how many of the newest. */
export async function runsOfTests(
  db: Queryable,
  uids: readonly string[],
  last: number,
): Promise<Map<string, RunRecord[]>> {
  const rows = await db.query<RunRecord & { testUid: string }>(
    `select r.test_uid as "testUid", r.id, r.number, r.reason, r.start_ms::float8 as "startMs",
       r.planned_end_ms::float8 as "plannedEndMs", r.end_ms::float8 as "endMs", r.result
     from unnest($1::uuid[]) as t(uid)
     cross join lateral (select * from run where test_uid = t.uid order by number desc limit $2) as r
     order by r.test_uid, r.number`,
    [uids, last],
  );
  const runs = new Map<string, RunRecord[]>();
  for (const { testUid, ...run } of rows) {
    const known = runs.get(testUid);
    if (known === undefined) runs.set(testUid, [run]);
    else known.push(run);
  }
  return runs;
}
