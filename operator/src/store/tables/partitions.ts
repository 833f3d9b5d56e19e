import { ROLLUP_LEVELS, type RollupLevel } from '@streamswarm/contract';
import { escapeIdentifier } from 'pg';
import type { Database } from '../database.ts';
import { ALL_PROBES, rollupTable, sampleTable } from './columns.ts';

const DAY_MS = 86_400_000;
/** Of the newest day that was asked for: such days are never dropped, so once there they stay. */
const YOUNG_DAYS = 3;

export const dayOf = (timeMs: number): number => Math.floor(timeMs / DAY_MS);

/** Makes partitions and remembers which are there. */
export interface Partitions {
  /** Days since the epoch, UTC. */
  ensure(days: Iterable<number>): Promise<void>;
}

export function managePartitions(db: Database): Partitions {
  const known = new Set<number>();
  let newest = 0;
  return {
    async ensure(days) {
      for (const day of days) {
        newest = Math.max(newest, day);
        // An old day may have been dropped since, here or by another replica.
        if (known.has(day) && day > newest - YOUNG_DAYS) continue;
        await ensurePartitions(db, day);
        known.add(day);
      }
    },
  };
}

/** A partition of one table, named by the day or the month that it holds. */
export interface Partition {
  readonly table: string;
  readonly suffix: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Samples and minutes are kept by the day; what is coarser is little and stays long, and is kept by the month. */
export function partitionSpan(level: RollupLevel | 'raw', day: number): Omit<Partition, 'table'> {
  const date = new Date(day * DAY_MS);
  const compact = date.toISOString().slice(0, 10).replaceAll('-', '');
  if (level === 'raw' || level === '1m')
    return { suffix: compact, fromMs: day * DAY_MS, toMs: (day + 1) * DAY_MS };
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { suffix: compact.slice(0, 6), fromMs: Date.UTC(year, month), toMs: Date.UTC(year, month + 1) };
}

/** What has to be there for samples of a day. */
function partitionsOf(day: number): Partition[] {
  return ALL_PROBES.flatMap((probe) => [
    { table: sampleTable(probe.name), ...partitionSpan('raw', day) },
    ...ROLLUP_LEVELS.map((level) => ({
      table: rollupTable(probe.name, level),
      ...partitionSpan(level, day),
    })),
  ]);
}

const nameOf = ({ table, suffix }: Partition): string => `${table}_${suffix}`;

async function ensurePartitions(db: Database, day: number): Promise<void> {
  const wanted = partitionsOf(day);
  const absent = await db.query<{ name: string }>(
    'select name from unnest($1::text[]) as name where to_regclass(quote_ident(name)) is null',
    [wanted.map(nameOf)],
  );
  if (absent.length === 0) return;
  const names = new Set(absent.map((row) => row.name));
  await db.transaction(async (tx) => {
    // Two replicas may want the same day, or days of the same month, at once.
    await tx.query('select pg_advisory_xact_lock($1, 0)', [0x7377]);
    for (const partition of wanted.filter((each) => names.has(nameOf(each)))) {
      await tx.query(
        `create table if not exists ${escapeIdentifier(nameOf(partition))} partition of ${escapeIdentifier(partition.table)}
         for values from ('${new Date(partition.fromMs).toISOString()}') to ('${new Date(partition.toMs).toISOString()}')`,
      );
    }
  });
}
