import type { TestSummary } from '@streamswarm/contract/wire/views';
import { clockMinute, dateTime, formatAge, formatDuration } from '../../format/time.ts';

/** How far a test is: a bar with an end, an endless one, or words alone. */
export interface Progress {
  readonly bar: 'ratio' | 'endless' | 'done' | 'none';
  readonly ratio: number;
  readonly words: string;
  readonly bad: boolean;
}

/** What the progress column says at `nowMs`. */
export function progressOf(test: TestSummary, nowMs: number): Progress {
  const { state, run, message, nextRunTime, problems } = test;
  const plain = (words: string, bad = false): Progress => ({ bar: 'none', ratio: 0, words, bad });
  switch (state) {
    case 'Running': {
      if (run === null) return plain(message ?? 'starting');
      if (run.endTime === null) return { bar: 'endless', ratio: 0, words: 'until stopped', bad: false };
      const [startMs, endMs] = [Date.parse(run.startTime), Date.parse(run.endTime)];
      const length = Math.max(1, endMs - startMs);
      const done = Math.min(length, Math.max(0, nowMs - startMs));
      return {
        bar: 'ratio',
        ratio: done / length,
        words: `${formatDuration(Math.floor(done / 1_000))} of ${formatDuration(length / 1_000)}`,
        bad: false,
      };
    }
    case 'Scheduled': {
      if (nextRunTime === null) return plain(message ?? 'scheduled');
      const nextMs = Date.parse(nextRunTime);
      return plain(
        `in ${formatDuration(Math.max(0, Math.round((nextMs - nowMs) / 1_000)))}, ${dateTime(nextMs)}`,
      );
    }
    case 'Suspended':
      return plain(run?.endTime == null ? (message ?? 'suspended') : `since ${ago(run.endTime, nowMs)} ago`);
    case 'Complete': {
      if (run?.endTime == null) return plain(message ?? 'complete');
      const length = (Date.parse(run.endTime) - Date.parse(run.startTime)) / 1_000;
      const how = run.result === 'Stopped' ? 'stopped' : 'ended';
      return {
        bar: 'done',
        ratio: run.progressRatio ?? 1,
        words: `${formatDuration(length)}, ${how} ${clockMinute(Date.parse(run.endTime))}`,
        bad: false,
      };
    }
    case 'Failed':
      return plain(problems.length > 0 ? 'nothing is measured' : (message ?? 'failed'), true);
    default:
      return plain(message ?? 'waiting to be planned');
  }
}

function ago(time: string, nowMs: number): string {
  return formatAge((nowMs - Date.parse(time)) / 1_000);
}
