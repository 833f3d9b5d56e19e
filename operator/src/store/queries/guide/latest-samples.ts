import { PROBES, type ProbeName } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import { sampleTable } from '../../tables/columns.ts';

/** The newest sample of one stream of a test. */
export interface LatestSample {
  readonly agentId: string;
  readonly destination: string;
  readonly kind: ProbeName;
  readonly at: Date;
  readonly outcome: string;
  /** Why it is not ok. */
  readonly reason: string | null;
  /** Metric -> value, in SI units. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Metric -> why it is null. */
  readonly nulls: Readonly<Record<string, string>> | null;
}

/** Newest first; one of each stream. */
export async function latestSamples(db: Queryable, testUid: string): Promise<LatestSample[]> {
  const kinds = Object.keys(PROBES).map(
    (
      kind,
    ) => `select s.agent_id as "agentId", s.destination, '${kind}' as kind, r.ts as at, r.outcome, r.reason,
        to_jsonb(r) as values, r.nulls
      from (select distinct stream, agent_id, destination from span where test_uid = $1 and kind = '${kind}') as s
      cross join lateral (select * from "${sampleTable(kind)}" where stream = s.stream order by ts desc limit 1) as r`,
  );
  return await db.query<LatestSample>(`${kinds.join(' union all ')} order by at desc`, [testUid]);
}
