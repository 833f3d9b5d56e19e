import type { Queryable } from '../database.ts';
import { type Cut, dayOf, PARTITIONED, type Partition, partitionAt } from '../tables/partitions.ts';

export interface StoredPartition {
  readonly name: string;
  readonly cut: Cut;
  readonly partition: Partition;
}

/** Oldest first within a table. */
export async function listPartitions(db: Queryable): Promise<StoredPartition[]> {
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
