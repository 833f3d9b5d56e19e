import { formatCount, UNIT_SPACE } from '@streamswarm/contract/format/numbers';
import type { Results, Series } from '@streamswarm/contract/wire/views';
import { clockMinute, clockTime, dateTime } from '../../format/time.ts';
import type { Marker } from './markers.ts';

interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A time before a mark that is a smaller share of what is shown says little of it. */
const LEAST_SHARE = 0.1;

/**
 * The time that a moment of a chart is compared with: what is shown before the first red mark, for a moment after it;
 * else as much time before what is shown.
 */
export function windowBefore(shown: Window, markers: readonly Marker[], atMs: number): Window {
  const { fromMs, toMs } = shown;
  const length = toMs - fromMs;
  const marks = markers.flatMap(({ ms, bad }) => (bad && ms > fromMs && ms <= atMs ? [ms] : []));
  const first = Math.min(...marks, toMs);
  const isMarked = marks.length > 0 && first - fromMs >= length * LEAST_SHARE;
  return isMarked ? { fromMs, toMs: first } : { fromMs: fromMs - length, toMs: fromMs };
}

const FIGURES = ['mean', 'p50', 'p95', 'p99'] as const satisfies readonly (keyof Series)[];

/** What was measured in that time as a whole. */
export interface Before {
  /** From when to when, for people. */
  readonly span: string;
  /** By layer of a chart; null where it has none. A largest value is none of these: the longer a time the larger. */
  readonly values: Readonly<Record<string, number | null>>;
}

interface WholeTime extends Pick<Results, 'from' | 'to'> {
  readonly series: readonly Pick<Series, (typeof FIGURES)[number]>[];
}

/** Out of the results of one step that is the whole time. */
export function beforeOf({ from, to, series: [series] }: WholeTime): Before {
  const values = FIGURES.map((figure) => [figure, series?.[figure][0] ?? null] as const);
  return {
    span: spanWords(Date.parse(from), Date.parse(to)),
    values: Object.fromEntries(values),
  };
}

/** Below this a clock without seconds would hide how long it is. */
const SHORT_MS = 600_000;
const DAY_MS = 86_400_000;

function spanWords(fromMs: number, toMs: number): string {
  const length = toMs - fromMs;
  const text = length < SHORT_MS ? clockTime : length < DAY_MS ? clockMinute : dateTime;
  return `${text(fromMs)} \u2013 ${text(toMs)}`;
}

/**
 * How a value differs from the one before, as a share of that one; null where there is none to compare with. A
 * difference within the own error of the measurement is said to be one, and no more.
 */
export function changeText(
  value: number | null,
  before: number | null,
  ownError: number | null,
): string | null {
  if (value === null || before === null || before === 0) return null;
  const difference = value - before;
  if (ownError !== null && Math.abs(difference) <= ownError) return '\u2248';
  const percent = Math.round((difference / before) * 100);
  const sign = percent === 0 ? '\u00b1' : percent > 0 ? '+' : '';
  return `${sign}${formatCount(percent)}${UNIT_SPACE}%`;
}

/** A comparison that is being read, has been, or could not be. */
export interface Comparison {
  readonly before: Before | null;
  readonly isFailed: boolean;
}

/** What the changes are changes against, or why there are none. */
export function comparisonWords({ before, isFailed }: Comparison): string {
  if (before === null)
    return isFailed ? 'no change: the time before could not be read' : 'reading the time before';
  const isMeasured = Object.values(before.values).some((value) => value !== null);
  return isMeasured ? `change against ${before.span}` : `no change: nothing was measured ${before.span}`;
}
