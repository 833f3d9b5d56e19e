import { dueTimes, scheduleKey, startingDeadlineText } from './due-time.ts';
import type { PlanProblem } from './happening.ts';
import { when } from './run-happenings.ts';
import type { RunInput } from './run-input.ts';

/** Why the schedule of a test will start no run, or null. */
export function scheduleProblem(input: RunInput, running: boolean): PlanProblem | null {
  const { schedule, suspend } = input.spec;
  if (schedule === undefined || input.deleted || suspend === true || running) return null;
  const problem = (reason: string, message: string): PlanProblem => ({
    reason,
    message,
    destination: null,
    stops: true,
  });
  const times = dueTimes(schedule);
  if (times === null) {
    return problem(
      'InvalidSpec',
      `spec.schedule: "${schedule.cron ?? schedule.startAt}" in time zone ${schedule.timeZone ?? 'Etc/UTC'} cannot be read: write a cron line of five fields and an IANA time zone`,
    );
  }
  if (times.after(input.nowMs) !== null) return null;
  if (schedule.startAt === undefined) {
    return problem(
      'NeverDue',
      `spec.schedule.cron: "${schedule.cron}" names no day that ever comes: write another line`,
    );
  }
  const ranForIt = input.runs.at(-1)?.timing.schedule === scheduleKey(schedule);
  if (ranForIt) return null;
  return problem(
    'StartMissed',
    `startAt ${when(Date.parse(schedule.startAt))} was missed by more than startingDeadline (${startingDeadlineText(schedule)}), so no run starts: set a later startAt, or ask for a run with the annotation streamswarm.dev/run-now`,
  );
}
