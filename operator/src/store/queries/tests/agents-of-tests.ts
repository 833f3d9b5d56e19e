import type { Queryable } from '../../database.ts';

export interface AgentCount {
  /** Agents with an open stream of the test; of its last run where none is running. */
  readonly assigned: number;
  /** Those of them that are heard. */
  readonly reporting: number;
}

/** How many agents measure for each test. */
export async function agentsOfTests(
  db: Queryable,
  uids: readonly string[],
): Promise<Map<string, AgentCount>> {
  const rows = await db.query<AgentCount & { uid: string }>(
    `select l.test_uid as uid, count(distinct a.id)::int4 as assigned,
       (count(distinct a.id) filter (where a.online))::int4 as reporting
     from (
       select distinct on (test_uid) test_uid, id,
         least(end_ms, planned_end_ms, (extract(epoch from clock_timestamp()) * 1000)::int8) as last_ms
       from run where test_uid = any($1::uuid[]) order by test_uid, number desc
     ) as l
     join span sp on sp.run_id = l.id and sp.test_uid = l.test_uid
     join agent a on a.id = sp.agent_id
     where sp.to_ms is null or sp.to_ms >= l.last_ms
     group by l.test_uid`,
    [uids],
  );
  return new Map(rows.map(({ uid, ...count }) => [uid, count]));
}
