import { formatDurationMs, parseDurationMs, type StreamTestSpec } from '@streamswarm/contract';
import { type CronLine, parseCron } from './cron.ts';

export type Schedule = NonNullable<StreamTestSpec['schedule']>;

/** How far a schedule is dealt with: every due time of it up to `throughMs` has been decided on. */
export interface ScheduleCursor {
  /** scheduleKey of the schedule that it belongs to. */
  readonly schedule: string;
  readonly throughMs: number;
}

/** What a schedule asks for at one moment. */
export interface DueTime {
  /** The due time for which a run may start now, or null. */
  readonly dueMs: number | null;
  /** The last due time that passed too long ago to start for, or null. */
  readonly missedMs: number | null;
  /** Whether due times before this one passed without a decision. */
  readonly more: boolean;
  /** The next due time, or null. */
  readonly nextMs: number | null;
}

export const DEFAULT_STARTING_DEADLINE = '5m';

export function startingDeadlineMs(schedule: Schedule): number {
  return parseDurationMs(schedule.startingDeadline ?? DEFAULT_STARTING_DEADLINE) ?? 300_000;
}

export function startingDeadlineText(schedule: Schedule): string {
  return formatDurationMs(startingDeadlineMs(schedule));
}

/** What of a schedule says when runs start; another text is another schedule. Null: there is none. */
export function scheduleKey(schedule: Schedule | undefined): string | null {
  if (schedule?.startAt !== undefined) return JSON.stringify({ startAt: schedule.startAt });
  if (schedule?.cron === undefined) return null;
  return JSON.stringify({ cron: schedule.cron, timeZone: schedule.timeZone });
}

/** The due times of a schedule, however it is written; null where it cannot be read. */
export function dueTimes(schedule: Schedule): CronLine | null {
  if (schedule.startAt === undefined) return parseCron(schedule.cron ?? '', schedule.timeZone);
  const startAtMs = Date.parse(schedule.startAt);
  if (Number.isNaN(startAtMs)) return null;
  return {
    after: (ms) => (startAtMs > ms ? startAtMs : null),
    lastUntil: (ms) => (startAtMs <= ms ? startAtMs : null),
  };
}

/**
 * Of all due times after `throughMs` only the last counts: after a long outage at most one run starts, and none
 * for a time that is further back than the starting deadline.
 */
export function decideDue(
  times: CronLine,
  { throughMs, nowMs, deadlineMs }: { throughMs: number; nowMs: number; deadlineMs: number },
): DueTime {
  const nextMs = times.after(nowMs);
  const last = times.lastUntil(nowMs);
  if (last === null || last <= throughMs) return { dueMs: null, missedMs: null, more: false, nextMs };
  const more = (times.after(throughMs) ?? last) < last;
  return nowMs - last > deadlineMs
    ? { dueMs: null, missedMs: last, more, nextMs }
    : { dueMs: last, missedMs: null, more, nextMs };
}
