'use client';

import { formatPercent, formatSeconds } from '@streamswarm/contract/format/numbers';
import type { TestSummary } from '@streamswarm/contract/wire/views';
import Link from 'next/link';
import { Sparkline } from '../../components/charts/sparkline.tsx';
import { ProblemLines } from '../../components/problems/problem-lines.tsx';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { Missing } from '../../components/table/missing.tsx';
import table from '../../components/table/table.module.css';
import { formatAge, formatDuration } from '../../format/time.ts';
import { lossBar } from './loss-bar.ts';
import { ProgressBar } from './progress-bar.tsx';
import { isWrong, stateGlyph } from './test-state.ts';
import css from './tests.module.css';

interface TestRowProps {
  readonly test: TestSummary;
  readonly selected: boolean;
  readonly onToggle: () => void;
}

export function TestRow({ test, selected, onToggle }: TestRowProps) {
  const now = useNow();
  const { assigned, reporting } = test.agents;
  const silent = test.state === 'Running' && test.lastResultTime !== null && reporting < assigned;
  const name = `${test.namespace}/${test.name}`;
  const troubled = test.problems.length > 0;
  return (
    <>
      <tr
        className={classes(selected && css['selected'], troubled && css['troubled'])}
        data-row={name}
        data-state={test.state}
      >
        <td className={css['pick']}>
          <input type="checkbox" aria-label={`Select ${name}`} checked={selected} onChange={onToggle} />
        </td>
        <td className={css['state-cell']}>
          <span className={css['state']}>
            <Glyph name={stateGlyph(test)} />
            <span className={classes(test.state === 'Failed' && css['bad'])}>{test.state}</span>
          </span>
        </td>
        <td className={css['name-cell']}>
          <Link
            href={`/tests/view/?test=${name}`}
            className={css['name']}
            title={test.description ?? undefined}
          >
            <span>{test.namespace}/</span>
            <b>{test.name}</b>
          </Link>
        </td>
        <td className={classes(css['wide'], css['cut'], table['ink2'])}>
          {few(test.destinations, 'destinations', ', ')}
        </td>
        <td className={classes(css['wide'], table['ink2'])}>
          <code>{few(test.probes, 'probes', ' ')}</code>
        </td>
        <td className={classes(table['right'], table['ink2'])}>{formatDuration(test.intervalSeconds)}</td>
        <td>
          <ProgressBar test={test} nowMs={now} />
        </td>
        <td className={table['right']}>
          <b className={classes(silent && css['bad'])}>{test.state === 'Running' ? reporting : '—'}</b>
          <span className={table['ink2']}>/{assigned}</span>
        </td>
        <td className={table['right']}>
          <Loss test={test} />
        </td>
        <td className={table['right']}>
          {test.p95Seconds === null ? (
            <Missing why="no round trip and no connection was measured in this time" />
          ) : (
            <span title={test.p95Metric ?? undefined}>{formatSeconds(test.p95Seconds)}</span>
          )}
        </td>
        <td className={css['wide']}>
          {test.sparkline.some((value) => value !== null) ? (
            <Sparkline values={test.sparkline} label={`p95 of ${name}`} bad={isWrong(test)} />
          ) : null}
        </td>
        <td className={classes(table['right'], table['ink2'])}>
          {test.lastResultTime === null
            ? 'never'
            : formatAge((now - Date.parse(test.lastResultTime)) / 1_000)}
        </td>
      </tr>
      {troubled ? (
        <tr className={classes(css['problem-row'], selected && css['selected'])}>
          <td className={css['under-pick']} />
          <td colSpan={11} className={css['problem-cell']}>
            <ProblemLines problems={test.problems} stalled={test.state === 'Failed'} most={1} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Loss({ test }: { readonly test: TestSummary }) {
  if (test.lossRatio === null) return <Missing why="nothing that can be lost was sent in this time" />;
  const counts = test.lossCounts;
  return (
    <span
      className={css['loss']}
      title={
        counts === null
          ? undefined
          : `${counts.lost.toLocaleString('en')} of ${counts.sent.toLocaleString('en')}`
      }
    >
      <i aria-hidden="true">
        <i
          style={{ width: `${lossBar(test.lossRatio) * 100}%` }}
          data-high={test.lossRatio >= 0.001 ? '' : undefined}
        />
      </i>
      {formatPercent(test.lossRatio)}
    </span>
  );
}

const FEW = 3;

function few(names: readonly string[], what: string, joint: string): string {
  if (names.length <= FEW) return names.join(joint);
  return what === 'probes'
    ? `${names.slice(0, FEW).join(joint)} +${names.length - FEW}`
    : `${names.length} ${what}`;
}
