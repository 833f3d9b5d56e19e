import type { Queryable } from '../../database.ts';

export interface SubmittedOfTest {
  readonly id: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly client: string;
  readonly submittedBy: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of the test, whatever the limit. */
  readonly total: number;
}

/** Submitted results of a test of ours, newest first. */
export async function submittedOfTest(
  db: Queryable,
  testUid: string,
  limit: number,
): Promise<SubmittedOfTest[]> {
  return await db.query<SubmittedOfTest>(
    `select r.id::text as id, r.at, r.received_at as "receivedAt", coalesce(a.name, c.hostname) as client,
       r.submitted_by as "submittedBy", r.fields, (count(*) over ())::int4 as total
     from guide_result r
     join guide_test t on t.id = r.test_id
     join guide_client c on c.id = r.client_id left join agent a on a.id = c.agent_id
     where t.test_uid = $1 order by r.at desc, r.id desc limit $2`,
    [testUid, limit],
  );
}
