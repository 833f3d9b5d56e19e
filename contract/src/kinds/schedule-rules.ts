import { DURATION_PATTERN } from '../duration/duration.ts';
import { celMatches } from './cel.ts';
import { durationMs, intervalMs } from './effective.ts';
import { at, type Rule } from './rule.ts';
import { DEFAULT_INTERVAL } from './stream-test.ts';

/** Whether a text is a duration at all: what is not is told by its own field, and every other rule passes over it. */
export const isDurationCel = (text: string): string => celMatches(text, DURATION_PATTERN.source);

/** The interval of the spec `self`, and the default where it is not readable. */
export const INTERVAL_CEL = `duration(has(self.interval) && ${isDurationCel('self.interval')} ? self.interval : '${DEFAULT_INTERVAL}')`;

export const SCHEDULE_RULES: readonly Rule[] = [
  {
    name: 'one-schedule',
    message: 'set exactly one of startAt (one run) and cron (many runs)',
    where: 'schedule',
    cel: { rule: 'has(self.startAt) != has(self.cron)' },
    check: ({ schedule }) =>
      at(
        'schedule',
        schedule !== undefined && (schedule.startAt === undefined) === (schedule.cron === undefined),
      ),
  },
  {
    name: 'only-with-cron',
    message: 'timeZone and concurrencyPolicy go with cron: a startAt has its zone in it, and one run',
    where: 'schedule',
    cel: {
      rule: '!has(self.startAt) || has(self.cron) || !(has(self.timeZone) || has(self.concurrencyPolicy))',
      reason: 'FieldValueForbidden',
    },
    check: ({ schedule }) =>
      at(
        'schedule',
        schedule?.startAt !== undefined &&
          schedule.cron === undefined &&
          (schedule.timeZone !== undefined || schedule.concurrencyPolicy !== undefined),
      ),
  },
  {
    name: 'duration-at-least-interval',
    message: `must be at least one interval (${DEFAULT_INTERVAL} unless set)`,
    where: '',
    cel: {
      rule: `!has(self.duration) || !${isDurationCel('self.duration')} || duration(self.duration) >= ${INTERVAL_CEL}`,
      field: 'duration',
    },
    check: (spec) => at('duration', (durationMs(spec) ?? Number.POSITIVE_INFINITY) < intervalMs(spec)),
  },
  {
    name: 'cron-needs-duration',
    message: 'a test with schedule.cron needs a duration: how long each of its runs lasts',
    where: '',
    cel: {
      rule: '!has(self.schedule) || !has(self.schedule.cron) || has(self.duration)',
      field: 'duration',
      reason: 'FieldValueRequired',
    },
    check: (spec) => at('duration', spec.schedule?.cron !== undefined && spec.duration === undefined),
  },
  {
    name: 'ttl-needs-duration',
    message: 'needs a duration: a test without one never finishes',
    where: '',
    cel: {
      rule: '!has(self.ttlAfterFinished) || has(self.duration)',
      field: 'ttlAfterFinished',
      reason: 'FieldValueForbidden',
    },
    check: (spec) =>
      at('ttlAfterFinished', spec.ttlAfterFinished !== undefined && spec.duration === undefined),
  },
  {
    name: 'ttl-without-cron',
    message: 'does not go with schedule.cron: such a test never finishes',
    where: '',
    cel: {
      rule: '!has(self.ttlAfterFinished) || !has(self.schedule) || !has(self.schedule.cron)',
      field: 'ttlAfterFinished',
      reason: 'FieldValueForbidden',
    },
    check: (spec) =>
      at('ttlAfterFinished', spec.ttlAfterFinished !== undefined && spec.schedule?.cron !== undefined),
  },
];
