import type { Queryable } from '../../database.ts';

export interface PingRow {
  readonly at: Date;
  readonly testUid: string;
  readonly rttSeconds: number | null;
  readonly sent: number | null;
  readonly received: number | null;
}

/** Streams that are looked at: those opened last. */
const STREAMS = 50;

/** The newest samples of icmp of an agent. */
export async function pingHistory(db: Queryable, agentId: string, limit: number): Promise<PingRow[]> {
  return await db.query<PingRow>(
    `select r.ts as at, s.test_uid as "testUid", r.rtt_mean_seconds as "rttSeconds", r.sent, r.received
     from (select distinct stream, test_uid from (
             select * from span where agent_id = $1 and kind = 'icmp' order by id desc limit ${STREAMS}) as last) as s
     cross join lateral (select * from probe_icmp where stream = s.stream order by ts desc limit $2) as r
     order by r.ts desc limit $2`,
    [agentId, limit],
  );
}
