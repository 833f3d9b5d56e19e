import { keptFrom, type RetentionDays } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';

/** So many rows a statement: it must not hold its locks for long. */
const AT_ONCE = 10_000;

/**
 * Deletes what scripts submitted and is kept no longer: as long as samples, but counted from the day on which it came
 * in, because scripts may submit what they measured long ago. True while there may be more of it.
 */
export async function dropSubmitted(db: Queryable, days: RetentionDays, nowMs: number): Promise<boolean> {
  const rows = await db.query(
    `delete from guide_result where id in
       (select id from guide_result where received_at < $1::timestamptz order by received_at limit ${AT_ONCE})
     returning id`,
    [new Date(keptFrom('raw', days.raw, nowMs)).toISOString()],
  );
  return rows.length === AT_ONCE;
}
