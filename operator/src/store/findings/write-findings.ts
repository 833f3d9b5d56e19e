import type { Limit } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';

export interface OpenFinding extends Limit {
  readonly id: string;
  readonly testUid: string;
  readonly stream: string;
  readonly agent: string;
  readonly destination: string;
}

export const FINDING_ENDS = ['Recovered', 'Removed', 'Closed'] as const;
export type FindingEnd = (typeof FINDING_ENDS)[number];

export async function openFindings(db: Queryable): Promise<OpenFinding[]> {
  return await db.query<OpenFinding>(
    `select id::text, test_uid as "testUid", stream::text, agent, destination, kind, metric, side, bound, slots
     from finding where ended_at is null`,
  );
}

export interface NewFinding extends Omit<OpenFinding, 'id'> {
  readonly probe: string;
  readonly beganMs: number;
  readonly value: number;
}

/** Whether it was not known yet: another operator may have been faster. */
export async function beginFinding(db: Queryable, finding: NewFinding): Promise<boolean> {
  const { testUid, stream, agent, destination, probe, beganMs, value } = finding;
  const { kind, metric, side, bound, slots } = finding;
  const rows = await db.query(
    `insert into finding (test_uid, stream, agent, destination, probe, began_at, value,
       kind, metric, side, bound, slots)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), $7, $8, $9, $10, $11, $12)
     on conflict do nothing returning 1`,
    [testUid, stream, agent, destination, probe, beganMs, value, kind, metric, side, bound, slots],
  );
  return rows.length > 0;
}

/** Whether it was still open. `endedMs` null: now. */
export async function endFinding(
  db: Queryable,
  id: string,
  end: { readonly reason: FindingEnd; readonly endedMs: number | null },
): Promise<boolean> {
  const rows = await db.query(
    `update finding set end_reason = $2,
       ended_at = greatest(began_at, coalesce(to_timestamp($3::float8 / 1000), clock_timestamp()))
     where id = $1 and ended_at is null returning 1`,
    [id, end.reason, end.endedMs],
  );
  return rows.length > 0;
}
