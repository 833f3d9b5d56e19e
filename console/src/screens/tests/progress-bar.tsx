import type { TestSummary } from '@streamswarm/contract/wire/views';
import { classes } from '../../components/state/class-names.ts';
import { progressOf } from './progress.ts';
import css from './tests.module.css';

const DASHES = Array.from({ length: 12 }, (_, i) => i);

/** How far a run is; dashes where it has no end. */
export function ProgressBar({ test, nowMs }: { readonly test: TestSummary; readonly nowMs: number }) {
  const { bar, ratio, words, bad } = progressOf(test, nowMs);
  return (
    <span className={css['progress']}>
      {bar === 'ratio' || bar === 'done' ? (
        <span
          className={css['bar']}
          role="progressbar"
          aria-label="Progress"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(ratio * 100)}
        >
          <i className={classes(bar === 'done' && css['done'])} style={{ width: `${ratio * 100}%` }} />
        </span>
      ) : null}
      {bar === 'endless' ? (
        <span className={css['dashes']} aria-hidden="true">
          {DASHES.map((i) => (
            <i key={i} style={{ opacity: 0.25 + (0.75 * i) / (DASHES.length - 1) }} />
          ))}
        </span>
      ) : null}
      <small className={classes(bad && css['bad'])} title={words}>
        {words}
      </small>
      {test.schedule?.cron == null ? null : (
        <code title={`cron, time zone ${test.schedule.timeZone}`}>{test.schedule.cron}</code>
      )}
    </span>
  );
}
