import type { Queryable } from '../../database.ts';

/** What the machine of an agent last measured of itself, as shares. */
export interface LatestHost {
  readonly at: Date;
  readonly cpuRatio: number | null;
  readonly memoryRatio: number | null;
  readonly diskRatio: number | null;
  /** Metric -> why it is null. */
  readonly nulls: Readonly<Record<string, string>> | null;
}

/** Older samples say nothing of now. */
const FRESH = "interval '1 hour'";

/** Null where no test has it measured. */
export async function latestHost(db: Queryable, agentId: string): Promise<LatestHost | null> {
  const [row] = await db.query<LatestHost>(
    `select r.ts as at, r.cpu_ratio as "cpuRatio", r.memory_ratio as "memoryRatio", r.disk_ratio as "diskRatio", r.nulls
     from (select distinct stream from span where agent_id = $1 and kind = 'host') as s
     cross join lateral (
       select * from probe_host where stream = s.stream and ts > clock_timestamp() - ${FRESH} order by ts desc limit 1
     ) as r
     order by r.ts desc limit 1`,
    [agentId],
  );
  return row ?? null;
}
