/** ISO 8601 without zone, in UTC, as the guide writes its dates. */
export function guideTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '');
}

export const guideTimeOrNull = (ms: number | null): string | null => (ms === null ? null : guideTime(ms));

const ISO =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]{1,9})?)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$/;

/** Milliseconds of a date of the guide: without a zone it is UTC. Null where it is none. */
export function parseGuideTime(text: string): number | null {
  const [, day, minute = '00:00', second = ':00', zone = 'Z'] = ISO.exec(text) ?? [];
  if (day === undefined) return null;
  const ms = Date.parse(`${day}T${minute}${second}${zone}`);
  // Date.parse makes 1 March out of 30 February.
  return Number.isNaN(ms) || !exists(day) ? null : ms;
}

function exists(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}
