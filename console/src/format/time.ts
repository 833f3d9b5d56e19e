import { UNIT_SPACE } from '@streamswarm/contract/format/numbers';

/** Local clock time, 10:07:13. */
export function clockTime(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** Local clock time without seconds, 10:07. */
export function clockMinute(ms: number): string {
  return clockTime(ms).slice(0, 5);
}

/** Local date and time, 2026-12-01 09:00. */
export function dateTime(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${clockMinute(ms)}`;
}

/** Clock time, with its date where that is not today's. */
export function clockTimeOn(ms: number, nowMs: number): string {
  const sameDay = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return sameDay ? clockTime(ms) : dateTime(ms);
}

/** Name of the zone that local times are in, such as CET. */
export function zoneName(ms: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(new Date(ms));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'local';
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** A duration in its two largest units: 2 m 10 s, 4 h 12 m, 90 m is 1 h 30 m, 500 ms. */
export function formatDuration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return `${Math.round(seconds * 1_000)}${UNIT_SPACE}ms`;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount}${UNIT_SPACE}${unit}`);
    if (parts.length > 0 && (amount === 0 || parts.length === 2)) break;
  }
  return parts.length === 0 ? `0${UNIT_SPACE}s` : parts.join(' ');
}

/** How long ago, in one unit: 3 s, 17 min, 2 h, 5 d. A moment ahead of this clock counts as now. */
export function formatAge(seconds: number): string {
  const age = Math.max(0, seconds);
  if (age < 60) return `${Math.floor(age)}${UNIT_SPACE}s`;
  if (age < 3_600) return `${Math.floor(age / 60)}${UNIT_SPACE}min`;
  if (age < 86_400) {
    const minutes = Math.floor((age % 3_600) / 60);
    return `${Math.floor(age / 3_600)}${UNIT_SPACE}h${minutes > 0 ? ` ${minutes}${UNIT_SPACE}m` : ''}`;
  }
  return `${Math.floor(age / 86_400)}${UNIT_SPACE}d`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
