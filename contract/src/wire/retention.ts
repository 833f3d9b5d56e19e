import Type, { type Static } from 'typebox';
import { closed } from '../kinds/schema.ts';
import { RESULT_LEVELS, type ResultLevel } from './views.ts';

const DAY_MS = 86_400_000;

/** Days that a level may be kept: ten years. */
export const RETENTION_MAX_DAYS = 3_650;

const days = (what: string) =>
  Type.Integer({ minimum: 1, maximum: RETENTION_MAX_DAYS, description: `Days that ${what} are kept.` });

/** How long results are kept, by level. A coarser level is kept at least as long as a finer one. */
export const RetentionDays = Type.Object(
  {
    raw: days('samples, and what scripts submitted,'),
    '1m': days('minutes, and the books slot by slot,'),
    '10m': days('rows of 10 minutes'),
    '1h': days('rows of an hour'),
  } satisfies Record<ResultLevel, unknown>,
  closed,
);
export type RetentionDays = Static<typeof RetentionDays>;

export const DEFAULT_RETENTION: RetentionDays = { raw: 7, '1m': 30, '10m': 180, '1h': 730 };

const StoredLevel = Type.Object({
  from: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description:
      'Begin of the oldest day or month of which something is stored, or of the first test if that is later. Null: nothing is.',
  }),
  bytes: Type.Integer({ minimum: 0, description: 'On disk, with indexes.' }),
});
export type StoredLevel = Static<typeof StoredLevel>;

/** GET and PUT /api/v1/retention. */
export const RetentionView = Type.Object(
  {
    days: RetentionDays,
    booksFrom: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description:
        'Since when the books can be asked for a window; what was before is in their totals alone. Null: since the first slot.',
    }),
    stored: Type.Object(
      { raw: StoredLevel, '1m': StoredLevel, '10m': StoredLevel, '1h': StoredLevel } satisfies Record<
        ResultLevel,
        unknown
      >,
      {
        description:
          'What there is of each level now: raw with what scripts submitted, minutes with the books slot by slot.',
      },
    ),
  },
  { $id: 'Retention' },
);
export type RetentionView = Static<typeof RetentionView>;

/** What of a level is stored, and goes, as a whole: what is coarse is little and stays long. */
export const PARTS: Readonly<Record<ResultLevel, 'day' | 'month'>> = {
  raw: 'day',
  '1m': 'day',
  '10m': 'month',
  '1h': 'month',
};

/** Before when nothing of a level is kept: the begin of the day or month, in UTC, that is not older as a whole. */
export function keptFrom(level: ResultLevel, days: number, nowMs: number): number {
  const sinceMs = nowMs - days * DAY_MS;
  if (PARTS[level] === 'day') return Math.floor(sinceMs / DAY_MS) * DAY_MS;
  const date = new Date(sinceMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

export interface ShorterThanFiner {
  readonly level: ResultLevel;
  readonly finer: ResultLevel;
  /** What is allowed. */
  readonly message: string;
}

/** The level that is kept for a shorter time than the finer one before it; null where there is none. */
export function shorterThanFiner(days: RetentionDays): ShorterThanFiner | null {
  for (const [i, level] of RESULT_LEVELS.entries()) {
    const finer = RESULT_LEVELS[i - 1];
    if (finer === undefined || days[level] >= days[finer]) continue;
    const message = `must be at least ${days[finer]}, the days of ${finer}: a coarser level is kept no shorter`;
    return { level, finer, message };
  }
  return null;
}
