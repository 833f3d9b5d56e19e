import { celMatches } from './cel.ts';

const HOUR = '([01][0-9]|2[0-3])';
const CLOCK = `T${HOUR}:[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[-+]${HOUR}:[0-5][0-9])`;
const UP_TO_28 = '(0[1-9]|1[0-9]|2[0-8])';
const DAYS = [
  `[12][0-9]{3}-(0[13578]|1[02])-(${UP_TO_28}|29|3[01])`,
  `[12][0-9]{3}-(0[469]|11)-(${UP_TO_28}|29|30)`,
  `[12][0-9]{3}-02-${UP_TO_28}`,
  // Leap years: every fourth, of the centuries every fourth too.
  '([12][0-9](0[48]|[2468][048]|[13579][26])|1[26]00|2[048]00)-02-29',
].join('|');
const TIME_PATTERN = `^(${DAYS})${CLOCK}$`;
const TIME = new RegExp(TIME_PATTERN);

/** An RFC 3339 time with its zone, on a day that exists. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** By pattern alone: CEL's own timestamp() answers an impossible day with an error that nobody understands. */
export const TIME_CEL = celMatches('self', TIME_PATTERN);

/**
 * Area/Location, or UTC. Abbreviations (CET, EST) are refused: readers disagree about their summer time. Zones are
 * files to the API server, so their case counts.
 */
const ZONE_PATTERN = '^[A-Z][-+A-Za-z0-9_]*(/[A-Z][-+A-Za-z0-9_]*)+$';
const ZONE = new RegExp(ZONE_PATTERN);

export function isTimeZone(text: string): boolean {
  if (text === 'UTC') return true;
  if (!ZONE.test(text)) return false;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    // Intl takes any case and answers in the right one, unless it answers with the zone that this one became.
    return known === text || known.toLowerCase() !== text.toLowerCase();
  } catch {
    return false;
  }
}

/** The comparison is always true: an unknown zone is an error to CEL, which refuses it in its own words and ours. */
export const TIME_ZONE_CEL = `self == 'UTC' || (${celMatches('self', ZONE_PATTERN)} && timestamp('2026-01-01T00:00:00Z').getHours(self) >= 0)`;
