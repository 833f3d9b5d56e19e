import { RESULT_LEVELS, type ResultLevel, type StoredLevel } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';
import { levelOf } from '../tables/partitions.ts';
import { listPartitions } from './stored-partitions.ts';

/** What there is of each level. Partitions that wait for their day are empty and do not count. */
export async function storedLevels(db: Queryable): Promise<Record<ResultLevel, StoredLevel>> {
  const partitions = await listPartitions(db);
  const sizes = await db.query<{ name: string; bytes: number }>(
    `select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
     where relnamespace = current_schema()::regnamespace and relname = any($1) and pg_relation_size(oid) > 0`,
    [partitions.map(({ name }) => name)],
  );
  const bytesOf = new Map(sizes.map(({ name, bytes }) => [name, bytes]));
  const stored = (level: ResultLevel): StoredLevel => {
    const filled = partitions.filter(({ name, cut }) => bytesOf.has(name) && levelOf(cut) === level);
    const bytes = filled.reduce((sum, { name }) => sum + (bytesOf.get(name) ?? 0), 0);
    const fromMs = Math.min(...filled.map(({ partition }) => partition.fromMs));
    return { from: filled.length === 0 ? null : new Date(fromMs).toISOString(), bytes };
  };
  return Object.fromEntries(RESULT_LEVELS.map((level) => [level, stored(level)])) as Record<
    ResultLevel,
    StoredLevel
  >;
}
