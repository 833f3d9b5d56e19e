import type { Database, Transaction } from '../database.ts';

/** As in client-go: a lease of 15 s, renewed every 2 s, given up by its holder after 10 s without renewal. */
export const LEASE_SECONDS = 15;
export const RENEW_MS = 2_000;
export const GIVE_UP_MS = 10_000;

/** Takes the lease if it is free, over, or ours. Answers with the epoch that fences our planning, else null. */
export async function acquireLeadership(db: Database, holder: string): Promise<number | null> {
  const [row] = await db.query<{ epoch: number }>(
    `update leadership
     set holder = $1, expires_at = clock_timestamp() + make_interval(secs => $2),
         epoch = case when holder = $1 then epoch else epoch + 1 end
     where holder = $1 or expires_at < clock_timestamp()
     returning epoch::float8 as epoch`,
    [holder, LEASE_SECONDS],
  );
  return row?.epoch ?? null;
}

/** Lets the next one lead at once. */
export async function releaseLeadership(db: Database, holder: string): Promise<void> {
  await db.query(`update leadership set expires_at = 'epoch' where holder = $1`, [holder]);
}

export class NotLeading extends Error {
  constructor() {
    super('another operator plans now');
  }
}

/** A planner that stands still in the middle of a plan must not hold the lease for longer than it lasts. */
export const PLANNING_IDLE_MS = 5_000;
/** Longest wait for a batch that is being stored, or for another planner. */
const PLANNING_LOCK_MS = 5_000;

/**
 * Begins a planning transaction: holds the leadership row until its end, so that plans are made one at a time
 * and only in the epoch of their planner. Returns the revision of this plan.
 */
export async function beginPlanning(tx: Transaction, epoch: number): Promise<number> {
  await tx.query(
    `select set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`,
    [`${PLANNING_LOCK_MS}`, `${PLANNING_IDLE_MS}`],
  );
  const [row] = await tx.query<{ revision: number }>(
    'update leadership set revision = revision + 1 where epoch = $1 returning revision::float8 as revision',
    [epoch],
  );
  if (row === undefined) throw new NotLeading();
  return row.revision;
}
