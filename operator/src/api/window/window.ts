import { parseDurationMs } from '@streamswarm/contract';
import { durationBetween } from '@streamswarm/contract/kinds/quantities';
import Type from 'typebox';
import { fieldProblem } from '../problems/api-problem.ts';

export const DEFAULT_RANGE_MS = 3_600_000;
const MAX_WINDOW_MS = 2 * 366 * 86_400_000;

const instant = (description: string) =>
  Type.Optional(Type.String({ maxLength: 40, format: 'rfc3339', description }));

/** Query parameters that say which time is meant: the last `range`, or `from` to `to`. */
export const windowParameters = {
  range: Type.Optional(
    durationBetween('1m', '8760h', 'The time up to now, such as 1h. Not together with from and to.'),
  ),
  from: instant('Begin, RFC 3339 with a zone.'),
  to: instant('End, not included. Absent: now.'),
};

export interface WindowQuery {
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Begin included, end not; milliseconds. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The window that a query means; the last hour where it names none. Throws an ApiProblem for one that is none. */
export function resolveWindow(query: WindowQuery, nowMs: number): TimeWindow {
  if (query.range !== undefined) {
    if (query.from !== undefined || query.to !== undefined) {
      throw fieldProblem(
        'invalid-query',
        'range',
        'cannot stand beside from and to: give one or the other',
        'window',
      );
    }
    return { fromMs: nowMs - (parseDurationMs(query.range) ?? DEFAULT_RANGE_MS), toMs: nowMs };
  }
  const toMs = query.to === undefined ? nowMs : Date.parse(query.to);
  const fromMs = query.from === undefined ? toMs - DEFAULT_RANGE_MS : Date.parse(query.from);
  if (fromMs >= toMs) {
    throw fieldProblem('invalid-query', 'from', 'must lie before to (now, where to is absent)', 'window');
  }
  if (toMs - fromMs > MAX_WINDOW_MS) {
    throw fieldProblem('invalid-query', 'from', 'may lie at most two years before to', 'window');
  }
  return { fromMs, toMs };
}

/** The same window with its begin on a full minute: where minutes are the finest that is kept. */
export function fromFullMinute({ fromMs, toMs }: TimeWindow): TimeWindow {
  return { fromMs: Math.floor(fromMs / 60_000) * 60_000, toMs };
}

export const iso = (ms: number): string => new Date(ms).toISOString();
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
