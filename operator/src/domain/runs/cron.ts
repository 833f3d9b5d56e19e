import { Cron } from 'croner';

/**
 * The due times of a cron line, in milliseconds since the epoch.
 *
 * As Vixie cron does it, and croner, which finds them: a line with one fixed time of day (`30 2 * * *`) is due once
 * on every day. In the gap of daylight saving time that is the first moment after the gap; where the clock goes
 * back it is the first of the two equal times. A line that repeats within the day goes on in real time.
 */
export interface CronLine {
  /** The first due time after `ms`; null where none ever comes. */
  after(ms: number): number | null;
  /** The last due time at or before `ms`; null where there was none. */
  lastUntil(ms: number): number | null;
}

/** Reads a five-field line or a nickname such as @daily; null where croner or Intl cannot. */
export function parseCron(line: string, timeZone = 'Etc/UTC'): CronLine | null {
  try {
    const cron = new Cron(line, { timezone: timeZone, mode: '5-part', paused: true });
    // An unknown zone is noticed only when a time is asked for.
    cron.nextRun(new Date(0));
    return {
      after: (ms) => cron.nextRun(new Date(ms))?.getTime() ?? null,
      // croner looks strictly before.
      lastUntil: (ms) => cron.previousRuns(1, new Date(ms + 1))[0]?.getTime() ?? null,
    };
  } catch {
    return null;
  }
}
