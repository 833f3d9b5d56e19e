'use client';

import type { TestDetail, TestSummary } from '@streamswarm/contract/wire/views';
import { ProblemLines } from '../../components/problems/problem-lines.tsx';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { dateTime, formatAge, formatDuration } from '../../format/time.ts';
import { progressOf } from '../tests/progress.ts';
import { isWrong, stateGlyph } from '../tests/test-state.ts';
import { TestActions } from './test-actions.tsx';
import css from './test-detail.module.css';

/** State, progress, cadence, agents, and what can be done. */
export function StateStrip({ detail }: { readonly detail: TestDetail }) {
  const { summary } = detail;
  const now = useNow();
  const isStalled = summary.state === 'Failed' && summary.problems.length > 0;
  return (
    <section className={css['strip']} aria-label="State">
      <div className={css['state']}>
        <p>
          <Glyph name={stateGlyph(summary)} /> <b>{summary.state}</b>{' '}
          <span className={classes(isWrong(summary) ? css['trouble'] : css['remark'])}>
            {trouble(summary)}
          </span>
        </p>
        <small title={summary.description ?? undefined}>
          {[
            summary.description,
            summary.run === null ? null : `run #${summary.run.number}`,
            `spec rev ${summary.generation}`,
            sizeWords(summary),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </small>
      </div>
      {isStalled ? null : <Progress summary={summary} nowMs={now} />}
      <dl className={css['pairs']}>
        <div>
          <dt>every</dt>
          <dd>{formatDuration(summary.intervalSeconds)}</dd>
        </div>
        <div>
          <dt>next</dt>
          <dd>
            {summary.nextRunTime === null ? 'no further run' : dateTime(Date.parse(summary.nextRunTime))}
          </dd>
        </div>
        {summary.schedule?.cron == null ? null : (
          <div>
            <dt>cron</dt>
            <dd title={`read in time zone ${summary.schedule.timeZone}`}>
              <code>{summary.schedule.cron}</code>{' '}
              <span className={css['zone']}>{summary.schedule.timeZone}</span>
            </dd>
          </div>
        )}
      </dl>
      <dl className={css['pairs']}>
        <div>
          <dt>agents</dt>
          <dd>
            {summary.agents.reporting} of {summary.agents.assigned}
          </dd>
        </div>
        <div>
          <dt>last result</dt>
          <dd>
            {summary.lastResultTime === null
              ? 'none yet'
              : `${formatAge((now - Date.parse(summary.lastResultTime)) / 1_000)} ago`}
          </dd>
        </div>
      </dl>
      <TestActions test={summary} />
      {summary.problems.length === 0 ? null : (
        <div className={css['problems']}>
          <ProblemLines problems={summary.problems} stalled={summary.state === 'Failed'} />
        </div>
      )}
    </section>
  );
}

function sizeWords({ agents, streams }: TestSummary): string {
  const words = `${agents.assigned} ${agents.assigned === 1 ? 'agent' : 'agents'}`;
  return streams === 0 ? words : `${words}, ${streams.toLocaleString('en')} streams`;
}

function trouble({ state, message, books, agents, problems }: TestSummary): string {
  if (books.unaccounted > 0) return `${books.unaccounted.toLocaleString('en')} slots are nowhere`;
  if (state === 'Running' && agents.reporting < agents.assigned) {
    return `${agents.assigned - agents.reporting} of ${agents.assigned} agents are not heard`;
  }
  // What stands in the way has lines of its own below.
  if (problems.length > 0) return state === 'Failed' ? 'nothing is measured' : '';
  return message ?? '';
}

function Progress({ summary, nowMs }: { readonly summary: TestSummary; readonly nowMs: number }) {
  const { bar, ratio, words } = progressOf(summary, nowMs);
  const { run } = summary;
  const left = bar === 'ratio' && run?.endTime != null ? (Date.parse(run.endTime) - nowMs) / 1_000 : null;
  return (
    <div className={css['progress']}>
      <p>
        <b>
          {bar === 'endless' && run !== null
            ? formatDuration((nowMs - Date.parse(run.startTime)) / 1_000)
            : words}
        </b>
        <span>
          {left === null
            ? bar === 'endless'
              ? 'until stopped'
              : ''
            : `${formatDuration(Math.max(0, left))} left`}
        </span>
      </p>
      {bar === 'none' ? null : (
        <div
          className={css[bar === 'endless' ? 'endless' : 'bar']}
          {...(bar === 'endless'
            ? { 'aria-hidden': true }
            : {
                role: 'progressbar',
                'aria-label': 'Progress',
                'aria-valuemin': 0,
                'aria-valuemax': 100,
                'aria-valuenow': Math.round(ratio * 100),
              })}
        >
          <i style={{ width: bar === 'endless' ? '100%' : `${ratio * 100}%` }} />
        </div>
      )}
    </div>
  );
}
