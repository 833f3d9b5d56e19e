import { RESULT_LEVELS, type ResultLevel, type StoredLevel } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';
import { levelOf } from '../tables/partitions.ts';
import { listPartitions } from './stored-partitions.ts';

interface Part {
  readonly level: ResultLevel;
  readonly fromMs: number;
  readonly bytes: number;
}

/** What there is of each level; what scripts submitted is kept like samples, and counted with them. */
export async function storedLevels(db: Queryable): Promise<Record<ResultLevel, StoredLevel>> {
  const parts = [...(await filledPartitions(db)), ...(await submitted(db))];
  const stored = (level: ResultLevel): StoredLevel => {
    const own = parts.filter((part) => part.level === level);
    const bytes = own.reduce((sum, part) => sum + part.bytes, 0);
    const fromMs = Math.min(...own.map((part) => part.fromMs));
    return { from: own.length === 0 ? null : new Date(fromMs).toISOString(), bytes };
  };
  return Object.fromEntries(RESULT_LEVELS.map((level) => [level, stored(level)])) as Record<
    ResultLevel,
    StoredLevel
  >;
}

/** When the first slot of all may have been due: a month that has begun before is not filled from its begin on. */
async function firstPlanned(db: Queryable): Promise<number> {
  const [row] = await db.query<{ first: number | null }>('select min(from_ms)::float8 as first from span');
  return row?.first ?? Number.NEGATIVE_INFINITY;
}

/** Partitions that wait for their day are empty and do not count. */
async function filledPartitions(db: Queryable): Promise<Part[]> {
  const partitions = await listPartitions(db);
  const sizes = await db.query<{ name: string; bytes: number }>(
    `select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
     where relnamespace = current_schema()::regnamespace and relname = any($1) and pg_relation_size(oid) > 0`,
    [partitions.map(({ name }) => name)],
  );
  const firstMs = await firstPlanned(db);
  const bytesOf = new Map(sizes.map(({ name, bytes }) => [name, bytes]));
  return partitions.flatMap(({ name, cut, partition }) => {
    const bytes = bytesOf.get(name);
    const fromMs = Math.max(partition.fromMs, firstMs);
    return bytes === undefined ? [] : [{ level: levelOf(cut), fromMs, bytes }];
  });
}

async function submitted(db: Queryable): Promise<Part[]> {
  const rows = await db.query<{ day: Date; bytes: number }>(
    `select date_trunc('day', min(received_at), 'UTC') as day,
       pg_total_relation_size('guide_result')::float8 as bytes
     from guide_result having count(*) > 0`,
  );
  return rows.map(({ day, bytes }) => ({ level: 'raw', fromMs: day.getTime(), bytes }));
}
