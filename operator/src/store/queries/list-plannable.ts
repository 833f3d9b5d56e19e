import type { Queryable } from '../database.ts';

/** Tests that live, and deleted ones with a run that nobody ended yet. */
export async function listPlannable(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ uid: string }>(
    `select uid from stream_test
     where deleted_at is null or exists (select from run where test_uid = uid and end_ms is null)`,
  );
  return rows.map((row) => row.uid);
}
