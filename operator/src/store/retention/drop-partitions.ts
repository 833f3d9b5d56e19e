import { keptFrom, type RetentionDays } from '@streamswarm/contract';
import { escapeIdentifier } from 'pg';
import type { Database, Transaction } from '../database.ts';
import { type Cut, levelOf, type Partition } from '../tables/partitions.ts';
import { listPartitions } from './stored-partitions.ts';

/**
 * Drops the partitions that have become too old as a whole. One that still holds what the next coarser level or the
 * closed books do not have yet stays until they have it. Returns the names of what was dropped.
 */
export async function dropPartitions(db: Database, days: RetentionDays, nowMs: number): Promise<string[]> {
  const dropped: string[] = [];
  for (const { name, cut, partition } of await listPartitions(db)) {
    const level = levelOf(cut);
    if (partition.fromMs >= keptFrom(level, days[level], nowMs)) continue;
    const isDropped = await db.transaction(async (tx) => {
      // Who waits for this table makes others wait: rather try again at the next turn.
      await tx.query(`set local lock_timeout = '2s'`);
      await tx.query(`lock table ${escapeIdentifier(name)} in access exclusive mode`);
      if (await isStillNeeded(tx, name, cut, partition)) return false;
      await tx.query(`drop table ${escapeIdentifier(name)}`);
      if (cut === 'slots') {
        await tx.query('update retention set books_from_minute = greatest(books_from_minute, $1)', [
          partition.toMs / 60_000,
        ]);
      }
      return true;
    });
    if (isDropped) dropped.push(name);
  }
  return dropped;
}

async function isStillNeeded(tx: Transaction, name: string, cut: Cut, { toMs }: Partition): Promise<boolean> {
  if (cut === '1m' || cut === '10m') {
    const open = await tx.query(`select 1 from ${escapeIdentifier(name)} where not merged limit 1`);
    return open.length > 0;
  }
  if (cut !== 'slots') return false;
  const open = await tx.query(
    `select 1 from span left join span_closed on span_id = span.id
     where from_ms < $1::int8
       and coalesce(end_minute, 0) < least($1::int8 / 60000, ceil(to_ms / 60000.0)::int8) limit 1`,
    [toMs],
  );
  return open.length > 0;
}
