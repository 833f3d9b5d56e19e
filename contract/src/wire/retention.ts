import Type, { type Static } from 'typebox';
import { closed } from '../kinds/schema.ts';
import { RESULT_LEVELS, type ResultLevel } from './views.ts';

/** Days that a level may be kept: ten years. */
export const RETENTION_MAX_DAYS = 3_650;

const days = (what: string) =>
  Type.Integer({ minimum: 1, maximum: RETENTION_MAX_DAYS, description: `Days that ${what} are kept.` });

/** How long results are kept, by level. A coarser level is kept at least as long as a finer one. */
export const RetentionDays = Type.Object(
  {
    raw: days('samples'),
    '1m': days('minutes, and the books slot by slot,'),
    '10m': days('rows of 10 minutes'),
    '1h': days('rows of an hour'),
  } satisfies Record<ResultLevel, unknown>,
  closed,
);
export type RetentionDays = Static<typeof RetentionDays>;

export const DEFAULT_RETENTION: RetentionDays = { raw: 7, '1m': 30, '10m': 180, '1h': 730 };

/** GET and PUT /api/v1/retention. */
export const RetentionView = Type.Object(
  {
    days: RetentionDays,
    booksFrom: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description:
        'Since when the books can be asked for a window; what was before is in their totals alone. Null: since the first slot.',
    }),
  },
  { $id: 'Retention' },
);
export type RetentionView = Static<typeof RetentionView>;

/** The level that is kept for a shorter time than the finer one before it; null where there is none. */
export function shorterThanFiner(days: RetentionDays): { level: ResultLevel; finer: ResultLevel } | null {
  for (const [i, level] of RESULT_LEVELS.entries()) {
    const finer = RESULT_LEVELS[i - 1];
    if (finer !== undefined && days[level] < days[finer]) return { level, finer };
  }
  return null;
}
