import type { RetentionDays } from '@streamswarm/contract';
import { escapeIdentifier } from 'pg';
import type { Database, Transaction } from '../database.ts';
import { type Cut, dayOf, PARTITIONED, type Partition, partitionAt } from '../tables/partitions.ts';

const DAY_MS = 86_400_000;

/**
 * Drops the partitions that have become too old as a whole. One that still holds what the next coarser level or the
 * closed books do not have yet stays until they have it. Returns the names of what was dropped.
 */
export async function dropPartitions(db: Database, days: RetentionDays, nowMs: number): Promise<string[]> {
  const dropped: string[] = [];
  for (const { name, cut, partition } of await listPartitions(db)) {
    // The books, slot by slot, are kept as long as the minutes.
    const keptDays = days[cut === 'slots' ? '1m' : cut];
    if (partition.toMs > nowMs - keptDays * DAY_MS) continue;
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

interface StoredPartition {
  readonly name: string;
  readonly cut: Cut;
  readonly partition: Partition;
}

/** Oldest first. */
async function listPartitions(db: Database): Promise<StoredPartition[]> {
  const rows = await db.query<{ name: string; table: string }>(
    `select child.relname as name, parent.relname as "table"
     from pg_inherits join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
     where parent.relname = any($1) and parent.relkind = 'p' and parent.relnamespace = current_schema()::regnamespace
     order by child.relname`,
    [PARTITIONED.map(({ table }) => table)],
  );
  const cuts = new Map(PARTITIONED.map(({ table, cut }) => [table, cut]));
  return rows.flatMap(({ name, table }) => {
    const cut = cuts.get(table);
    const day = dayIn(name.slice(table.length + 1));
    return cut === undefined || day === null ? [] : [{ name, cut, partition: partitionAt(table, cut, day) }];
  });
}

/** The day, or the first one of the month, that the name of a partition ends with. */
function dayIn(suffix: string): number | null {
  const [, year, month, day = '01'] = /^(\d{4})(\d{2})(\d{2})?$/.exec(suffix) ?? [];
  return year === undefined ? null : dayOf(Date.parse(`${year}-${month}-${day}T00:00:00Z`));
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
