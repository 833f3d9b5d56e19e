import type { Queryable } from '../../database.ts';

/** Where a test lives, by the number that the guide's API gave it. */
export interface GuideTest {
  readonly id: number;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

export async function guideTest(db: Queryable, id: number): Promise<GuideTest | null> {
  const [row] = await db.query<GuideTest>(
    'select id, test_uid as uid, namespace, name from guide_test where id = $1',
    [id],
  );
  return row ?? null;
}

/** Numbers of tests by UID. */
export async function guideTestIds(db: Queryable, uids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.query<{ uid: string; id: number }>(
    'select test_uid as uid, id from guide_test where test_uid = any($1::uuid[])',
    [uids],
  );
  return new Map(rows.map(({ uid, id }) => [uid, id]));
}

/** The number of a test that was just made, with the scripts it was made for. */
export async function numberTest(
  db: Queryable,
  test: Omit<GuideTest, 'id'>,
  clientIds: readonly number[],
): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `insert into guide_test (test_uid, namespace, name) values ($1, $2, $3)
     on conflict (test_uid) do update set name = excluded.name returning id`,
    [test.uid, test.namespace, test.name],
  );
  if (row === undefined) throw new Error('a test was numbered and is gone again');
  await db.query(
    `insert into guide_test_client (test_id, client_id) select $1, unnest($2::int4[]) on conflict do nothing`,
    [row.id, clientIds],
  );
  return row.id;
}

/** UIDs of the tests that a client takes part in: an agent by its open streams, a script by its name on the test. */
export async function testsOfClient(db: Queryable, clientId: number): Promise<string[]> {
  const rows = await db.query<{ uid: string }>(
    `select t.test_uid as uid from guide_test_client c join guide_test t on t.id = c.test_id where c.client_id = $1
     union
     select sp.test_uid from guide_client c join span sp on sp.agent_id = c.agent_id
     where c.id = $1 and coalesce(sp.to_ms, 8000000000000000000) > (extract(epoch from clock_timestamp()) * 1000)::int8`,
    [clientId],
  );
  return rows.map(({ uid }) => uid);
}
