import {
  RETENTION_MAX_DAYS,
  type RetentionDays,
  shorterThanFiner,
} from '@streamswarm/contract/wire/retention';
import { RESULT_LEVELS, type ResultLevel } from '@streamswarm/contract/wire/views';

export type LevelProblems = Readonly<Partial<Record<ResultLevel, string>>>;

export type ReadDays =
  | { readonly ok: true; readonly days: RetentionDays }
  | { readonly ok: false; readonly problems: LevelProblems };

/** Days as they were typed; what is wrong stands at its level, with what is allowed. */
export function readDays(typed: Readonly<Record<ResultLevel, string>>): ReadDays {
  const days = Object.fromEntries(
    RESULT_LEVELS.map((level) => [level, Number(typed[level])]),
  ) as RetentionDays;
  const wrong = RESULT_LEVELS.filter((level) => !isAllowed(typed[level]));
  if (wrong.length > 0) {
    const message = `must be a whole number of days, 1 to ${RETENTION_MAX_DAYS}`;
    return { ok: false, problems: Object.fromEntries(wrong.map((level) => [level, message])) };
  }
  const short = shorterThanFiner(days);
  return short === null ? { ok: true, days } : { ok: false, problems: { [short.level]: short.message } };
}

function isAllowed(text: string): boolean {
  return /^\s*\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= RETENTION_MAX_DAYS;
}
