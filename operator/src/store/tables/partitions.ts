import { PARTS, type ResultLevel, ROLLUP_LEVELS } from '@streamswarm/contract';
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

/** What the partitions of a table are cut by. */
export type Cut = ResultLevel | 'slots';

/** The level that a table is kept with: the books, slot by slot, are kept as long as the minutes. */
export const levelOf = (cut: Cut): ResultLevel => (cut === 'slots' ? '1m' : cut);

/** A partition of one table, named by the day or the month that it holds. */
export interface Partition {
  readonly table: string;
  readonly suffix: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Its bounds in the words of the table. */
  readonly bounds: readonly [string, string];
}

/** The part of a table that holds a day. */
export function partitionAt(table: string, cut: Cut, day: number): Partition {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const isMonth = PARTS[levelOf(cut)] === 'month';
  const fromMs = isMonth ? Date.UTC(year, month) : day * DAY_MS;
  const toMs = isMonth ? Date.UTC(year, month + 1) : (day + 1) * DAY_MS;
  const bound = (ms: number): string =>
    cut === 'slots' ? String(ms / 60_000) : `'${new Date(ms).toISOString()}'`;
  const suffix = date.toISOString().slice(0, isMonth ? 7 : 10);
  return { table, suffix: suffix.replaceAll('-', ''), fromMs, toMs, bounds: [bound(fromMs), bound(toMs)] };
}

/** Every partitioned table and how it is cut. */
export const PARTITIONED: readonly { readonly table: string; readonly cut: Cut }[] = [
  { table: 'slot_minute', cut: 'slots' },
  ...ALL_PROBES.flatMap((probe) => [
    { table: sampleTable(probe.name), cut: 'raw' as const },
    ...ROLLUP_LEVELS.map((level) => ({ table: rollupTable(probe.name, level), cut: level })),
  ]),
];

const nameOf = ({ table, suffix }: Partition): string => `${table}_${suffix}`;

async function ensurePartitions(db: Database, day: number): Promise<void> {
  const wanted = PARTITIONED.map(({ table, cut }) => partitionAt(table, cut, day));
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
         for values from (${partition.bounds[0]}) to (${partition.bounds[1]})`,
      );
    }
  });
}
