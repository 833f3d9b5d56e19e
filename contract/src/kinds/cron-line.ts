import { celMatches, celText } from './cel.ts';

/**
 * Cron lines of five fields, as CronJob has them, less what readers disagree about: no seconds, no L, W, #, ?, no
 * step on a single number, and ranges that go up. The same pattern stands in the API server (RE2) and here.
 */

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
/** Positions in this text put names in order: months and weekdays never meet in one range. */
const ORDER = [...WEEKDAYS, ...MONTHS].join('');

interface Field {
  readonly number: string;
  /** No more than the field has values: readers refuse more. */
  readonly step: string;
  readonly names?: readonly string[];
}

function field({ number, step, names = [] }: Field): string {
  const every = `(/(${step}))?`;
  const range = (value: string): string => `${value}(-${value}${every})?`;
  // [Mm][Oo][Nn]: not every browser knows the flag for a part of a pattern.
  const anyCase = (name: string): string => name.replace(/[a-z]/g, (c) => `[${c.toUpperCase()}${c}]`);
  const named = names.length === 0 ? '' : `|${range(`(${names.map(anyCase).join('|')})`)}`;
  const item = `([*]${every}|${range(number)}${named})`;
  return `${item}(,${item})*`;
}

const FIELDS = [
  field({ number: '[0-5]?[0-9]', step: '[1-9]|[1-5][0-9]' }),
  field({ number: '([01]?[0-9]|2[0-3])', step: '[1-9]|1[0-9]|2[0-3]' }),
  field({ number: '(0?[1-9]|[12][0-9]|3[01])', step: '[1-9]|[12][0-9]|3[01]' }),
  field({ number: '(0?[1-9]|1[0-2])', step: '[1-9]|1[0-2]', names: MONTHS }),
  field({ number: '[0-7]', step: '[1-7]', names: WEEKDAYS }),
].join(' +');
const PATTERN = `^(@(hourly|daily|weekly|monthly|yearly)|${FIELDS})$`;
const CRON = new RegExp(PATTERN);
const RANGE = '^[0-9A-Za-z]+-';

/** Whether a text is such a line. It may still never be due: `0 0 31 2 *`. */
export function isCronLine(text: string): boolean {
  return CRON.test(text) && text.split(/[ ,]/).every(goesUp);
}

function goesUp(item: string): boolean {
  const [, from, to] = /^([0-9A-Za-z]+)-([0-9A-Za-z]+)/.exec(item) ?? [];
  return from === undefined || to === undefined || place(from) <= place(to);
}

function place(value: string): number {
  return /^[0-9]/.test(value) ? Number(value) : ORDER.indexOf(value.toLowerCase());
}

const FROM = "r.split('-')[0]";
const TO = "r.split('-')[1].split('/')[0]";
const named = (value: string): string => `${celText(ORDER)}.indexOf(${value}.lowerAscii())`;

export const CRON_CEL = [
  celMatches('self', PATTERN),
  `self.replace(' ', ',').split(',').all(r, !${celMatches('r', RANGE)} || (${celMatches('r', '^[0-9]')} ? int(${FROM}) <= int(${TO}) : ${named(FROM)} <= ${named(TO)}))`,
].join(' && ');
