import { GUIDE_NAME_ANNOTATION } from '../../guide/guide-manifest.ts';
import type { Queryable } from '../database.ts';
import { ALL_PROBES, sampleTable } from '../tables/columns.ts';

export interface ActivityRow {
  readonly at: Date;
  readonly agent: string;
  readonly test: string;
  /** Mean round trip of the sample; null where none came back or the test has no icmp. */
  readonly rttSeconds: number | null;
}

/** Streams that are looked at: those opened last. */
const STREAMS = 200;

/** The newest samples: of icmp, and of the other probes for tests that have no icmp. */
export async function recentActivity(db: Queryable, limit: number): Promise<ActivityRow[]> {
  const newest = ALL_PROBES.map(
    ({
      name,
    }) => `select r.ts, s.agent_id, s.test_uid, ${name === 'icmp' ? 'r.rtt_mean_seconds' : 'null::float4'} as rtt
      from recent s
      cross join lateral (select * from "${sampleTable(name)}" where stream = s.stream order by ts desc limit $1) as r
      where s.kind = '${name}' and (s.kind = 'icmp' or not s.has_icmp)`,
  );
  return await db.query<ActivityRow>(
    `with recent as (
       select distinct stream, agent_id, test_uid, kind,
         exists (select from span i where i.test_uid = sp.test_uid and i.kind = 'icmp') as has_icmp
       from (select * from span order by to_ms desc nulls first, id desc limit ${STREAMS}) as sp
     )
     select n.ts as at, a.name as agent, coalesce(t.annotations ->> $2, t.name) as test, n.rtt as "rttSeconds"
     from (${newest.join(' union all ')}) as n
     join agent a on a.id = n.agent_id join stream_test t on t.uid = n.test_uid
     order by n.ts desc limit $1`,
    [limit, GUIDE_NAME_ANNOTATION],
  );
}
