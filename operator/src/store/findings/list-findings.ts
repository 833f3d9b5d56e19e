import type { ProbeName } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';
import type { FindingEnd } from './write-findings.ts';

export interface FindingRow {
  readonly id: string;
  readonly namespace: string;
  readonly test: string;
  readonly agent: string;
  readonly destination: string;
  readonly probe: string;
  readonly kind: ProbeName;
  readonly metric: string;
  readonly side: 'above' | 'below';
  readonly bound: number;
  readonly slots: number;
  readonly value: number;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: FindingEnd | null;
}

export interface FindingFilter {
  /** Only those that are not over. */
  readonly open: boolean;
  readonly namespace: string | null;
  readonly test: string | null;
  readonly limit: number;
}

/** Open ones first, then the newest. */
export async function listFindings(db: Queryable, filter: FindingFilter): Promise<FindingRow[]> {
  return await db.query<FindingRow>(
    `select f.id::text, t.namespace, t.name as test, f.agent, f.destination, f.probe, f.kind, f.metric, f.side, f.bound, f.slots,
       f.value, f.began_at as "beganAt", f.ended_at as "endedAt", f.end_reason as "endReason"
     from finding f join stream_test t on t.uid = f.test_uid
     where (not $1 or f.ended_at is null) and ($2::text is null or t.namespace = $2) and ($3::text is null or t.name = $3)
     order by f.ended_at is null desc, f.began_at desc, f.id desc limit $4`,
    [filter.open, filter.namespace, filter.test, filter.limit],
  );
}
