import Type from 'typebox';
import { parseDurationMs } from '../duration/duration.ts';

export const DURATION_MESSAGE = 'written like 5s, 1m30s or 2h (units h, m, s, ms)';

/** A duration between two bounds; the bounds travel in the schema, so that each reader explains them alike. */
export function durationBetween(min: string, max: string, description: string) {
  return Type.String({ maxLength: 20, format: 'duration', 'x-duration': { min, max }, description });
}

/** What is wrong with a duration, or null. */
export function durationProblem(text: string, bounds: { min: string; max: string }): string | null {
  const ms = parseDurationMs(text);
  const [min, max] = [parseDurationMs(bounds.min), parseDurationMs(bounds.max)];
  if (ms === null || min === null || max === null || ms < min || ms > max) {
    return `must be between ${bounds.min} and ${bounds.max}, ${DURATION_MESSAGE}`;
  }
  return null;
}
