import { parseDurationMs } from '../duration/duration.ts';

/** Left free at the end of a period, so that the defaults fit an interval of one second. */
const MARGIN_MS = 100;
const LEAST_TIMEOUT_MS = 10;

/** The timeout of a slot: as given, else `standardMs`, or less where the period leaves less (ms). */
export function slotTimeoutMs(given: unknown, standardMs: number, periodMs: number): number {
  const left = Math.max(LEAST_TIMEOUT_MS, periodMs - MARGIN_MS);
  if (typeof given !== 'string') return Math.min(standardMs, left);
  return parseDurationMs(given) ?? left;
}

/** CEL beside it: without a timeout of its own the wait shrinks with the period. */
export const timeoutFitsCel = (options: string, period: string): string =>
  `!has(${options}.timeout) || duration(${options}.timeout) <= ${period}`;
