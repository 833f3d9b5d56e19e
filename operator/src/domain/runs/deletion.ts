import { durationMs, parseDurationMs } from '@streamswarm/contract';
import { type RunEnd, type RunInput, runTiming } from './run-input.ts';

/**
 * When ttlAfterFinished deletes a test that has no run now: that long after its last run ended of itself or was
 * stopped. A test that is suspended, waits for its start, or comes again by cron is not finished.
 */
export function deletionMs(input: RunInput, end: RunEnd | null, nextRunMs: number | null): number | null {
  const { spec, deleted, runs } = input;
  const ttlMs = spec.ttlAfterFinished === undefined ? null : parseDurationMs(spec.ttlAfterFinished);
  const last = runs.at(-1);
  if (ttlMs === null || durationMs(spec) === null || deleted || spec.suspend === true) return null;
  if (nextRunMs !== null || spec.schedule?.cron !== undefined || last === undefined) return null;
  if (last.timing.schedule !== runTiming(spec).schedule) return null;
  const { endMs, result } = end ?? last;
  return endMs !== null && (result === 'Complete' || result === 'Stopped') ? endMs + ttlMs : null;
}
