import Type from 'typebox';
import { DURATION_PATTERN, parseDurationMs } from '../duration/duration.ts';
import { celMatches } from './cel.ts';

const DURATION_MESSAGE = 'written like 5s, 1m30s or 2h (units h, m, s, ms)';

/** A duration between two bounds; the bounds travel in the schema, so that each reader explains them alike. */
export function durationBetween(min: string, max: string, description: string, rest: object = {}) {
  return Type.String({ maxLength: 20, format: 'duration', 'x-duration': { min, max }, description, ...rest });
}

/** What is allowed, in words. */
export function durationMessage({ min, max }: DurationBounds): string {
  return `must be between ${min} and ${max}, ${DURATION_MESSAGE}`;
}

/** CEL over `self`. The pattern stands first: `duration()` of anything else is an error and no answer. */
export function durationCel({ min, max }: DurationBounds): string {
  return `${celMatches('self', DURATION_PATTERN.source)} && duration(self) >= duration('${min}') && duration(self) <= duration('${max}')`;
}

export interface DurationBounds {
  readonly min: string;
  readonly max: string;
}

/** What is wrong with a duration, or null. */
export function durationProblem(text: string, bounds: DurationBounds): string | null {
  const ms = parseDurationMs(text);
  const [min, max] = [parseDurationMs(bounds.min), parseDurationMs(bounds.max)];
  if (ms === null || min === null || max === null || ms < min || ms > max) {
    return durationMessage(bounds);
  }
  return null;
}
