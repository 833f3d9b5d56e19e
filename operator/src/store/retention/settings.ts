import {
  RESULT_LEVELS,
  type ResultLevel,
  type RetentionDays,
  type RetentionView,
} from '@streamswarm/contract';
import { clockMs, type Queryable } from '../database.ts';
import { storedLevels } from './stored-levels.ts';

const DAY_MS = 86_400_000;

export interface Retention {
  readonly days: RetentionDays;
  /** Before it the books are totals; 0 while nothing was dropped. */
  readonly booksFromMs: number;
}

export async function loadRetention(db: Queryable): Promise<Retention> {
  const [row] = await db.query<RetentionDays & { booksFromMinute: number }>(
    `select raw_days as raw, minute_days as "1m", ten_minute_days as "10m", hour_days as "1h",
       books_from_minute as "booksFromMinute" from retention`,
  );
  if (row === undefined) throw new Error('the table retention has lost its only row');
  const { booksFromMinute, ...days } = row;
  return { days, booksFromMs: booksFromMinute * 60_000 };
}

/** Since when each level is there: days are dropped whole, so the day that is cut is there from its begin on. */
export async function keptSince(db: Queryable): Promise<Record<ResultLevel, number>> {
  const [{ days }, nowMs] = await Promise.all([loadRetention(db), clockMs(db)]);
  const begin = (level: ResultLevel): number => Math.floor((nowMs - days[level] * DAY_MS) / DAY_MS) * DAY_MS;
  return Object.fromEntries(RESULT_LEVELS.map((level) => [level, begin(level)])) as Record<
    ResultLevel,
    number
  >;
}

/** Takes hold with the next housekeeping of the leader. */
export async function saveRetention(db: Queryable, days: RetentionDays): Promise<void> {
  await db.query(
    'update retention set raw_days = $1, minute_days = $2, ten_minute_days = $3, hour_days = $4',
    [days.raw, days['1m'], days['10m'], days['1h']],
  );
}

export async function readRetentionView(db: Queryable): Promise<RetentionView> {
  const [{ days, booksFromMs }, stored] = await Promise.all([loadRetention(db), storedLevels(db)]);
  return { days, booksFrom: booksFromMs === 0 ? null : new Date(booksFromMs).toISOString(), stored };
}
