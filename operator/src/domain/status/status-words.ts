import { formatDurationMs } from '@streamswarm/contract';

/** Ready-made strings of the printer columns; '' where nothing was measured, which kubectl shows as an empty cell. */

/** `3m/5m` of a run with an end, `12m` of one without; seconds only below ten minutes. */
export function progressWords(elapsedMs: number, durationMs: number | null): string {
  const elapsed = rounded(elapsedMs);
  return durationMs === null ? elapsed : `${elapsed}/${formatDurationMs(durationMs)}`;
}

/** `0%`, `0.02%`, `12.5%`, `100%`: what was lost is never rounded to nothing, nor what arrived. */
export function lossWords(ratio: number | null): string {
  if (ratio === null) return '';
  if (ratio === 0) return '0%';
  if (ratio === 1) return '100%';
  const percent = ratio * 100;
  if (percent < 0.01) return '<0.01%';
  if (percent > 99.9) return '>99.9%';
  return `${percent < 1 ? percent.toFixed(2) : percent.toFixed(1)}%`;
}

/** `84us`, `12.3ms`, `1.25s`: three digits. */
export function latencyWords(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 0.000_999_5) return `${trimmed((seconds * 1e6).toPrecision(3))}us`;
  if (seconds < 0.999_5) return `${trimmed((seconds * 1e3).toPrecision(3))}ms`;
  return `${trimmed(seconds < 1e3 ? seconds.toPrecision(3) : seconds.toFixed(0))}s`;
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

function rounded(ms: number): string {
  const step = ms < 10 * MINUTE_MS ? SECOND_MS : MINUTE_MS;
  return formatDurationMs(Math.floor(ms / step) * step);
}
