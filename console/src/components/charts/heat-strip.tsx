'use client';

import { formatPercent } from '@streamswarm/contract/format/numbers';
import type { Results, Series } from '@streamswarm/contract/wire/views';
import { useWidth } from '../state/use-width.ts';
import css from './heat-strip.module.css';
import { linear } from './linear.ts';
import { type StripRun, stripRuns } from './loss-scale.ts';
import { marginsFor } from './margins.ts';
import { timeTicks } from './time-axis.ts';

interface HeatStripProps {
  readonly results: Results;
  readonly rows: readonly StripRow[];
  /** Time that is shown, ms: that of the chart above, whose steps may be others. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly left: number;
  readonly right: number;
}

export interface StripRow {
  readonly name: string;
  readonly series: Series;
  /** Stands at the right: `3.16 %`, `offline`. */
  readonly note: string;
  readonly wrong: boolean;
}

const ROW = 11;
const YOUNG_STEPS = 3;
const CLASSES = { 0: null, 1: 'loss1', 2: 'loss2', 3: 'loss3', 4: 'loss4', none: 'none' } as const;

/** Loss of each agent over time, one row each, on the axis of the chart above. */
export function HeatStrip({ results, rows, fromMs, toMs, ...wanted }: HeatStripProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { left, right } = marginsFor(width, wanted);
  const innerWidth = Math.max(1, width - left - right);
  const atMs = linear([fromMs, toMs], [left, left + innerWidth]);
  const [beginMs, stepMs] = [Date.parse(results.from), results.stepSeconds * 1_000];
  const edge = (step: number): number =>
    Math.min(left + innerWidth, Math.max(left, atMs(beginMs + step * stepMs)));
  const height = rows.length * ROW + 20;
  return (
    <div ref={ref} className={css['strip']} style={{ height }}>
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-label={summary(rows)}>
          {rows.map((row, i) => (
            <g key={row.name} transform={`translate(0 ${i * ROW})`}>
              <text
                className={row.wrong ? css['name-wrong'] : css['name']}
                x={left - 6}
                y={9}
                textAnchor="end"
              >
                {row.name}
              </text>
              <Track runs={stripRuns(row.series.sent, row.series.lost, YOUNG_STEPS)} edge={edge} />
              <text className={row.wrong ? css['note-wrong'] : css['note']} x={width - right + 6} y={9}>
                {row.note}
              </text>
            </g>
          ))}
          {timeTicks(fromMs, toMs, innerWidth).map(({ ms, text }) => (
            <text key={ms} className={css['tick']} x={atMs(ms)} y={height - 4} textAnchor="middle">
              {text}
            </text>
          ))}
        </svg>
      ) : null}
    </div>
  );
}

/** What was measured, on a ground of "no loss"; time before the first sample has no ground: it was not measured. */
function Track({
  runs,
  edge,
}: {
  readonly runs: readonly StripRun[];
  readonly edge: (step: number) => number;
}) {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return null;
  const x = edge(first.first);
  return (
    <>
      <rect className={css['track']} x={x} width={edge(last.end) - x} y={1} height={ROW - 2} />
      {runs.map((run) => (
        <Cells key={run.first} run={run} edge={edge} />
      ))}
    </>
  );
}

/** A run of equal steps; steps with loss stay apart, so that their number is seen. */
function Cells({ run, edge }: { readonly run: StripRun; readonly edge: (step: number) => number }) {
  const name = CLASSES[run.kind];
  if (name === null) return null;
  if (name === 'none') {
    const x = edge(run.first);
    return <rect className={css['none']} x={x} width={edge(run.end) - x} y={1} height={ROW - 2} />;
  }
  const steps = Array.from({ length: run.end - run.first }, (_, i) => run.first + i);
  return steps.map((step) => {
    const x = edge(step);
    const width = Math.max(1, edge(step + 1) - x - 0.7);
    return <rect key={step} className={css[name]} x={x} width={width} y={1} height={ROW - 2} />;
  });
}

function summary(rows: readonly StripRow[]): string {
  return `Loss by agent: ${rows.map(({ name, note }) => `${name} ${note}`).join(', ')}.`;
}

/** Loss of a series over all its steps, or null where nothing was sent. */
export function lossOf({ sent, lost }: Series): { sent: number; lost: number; ratio: number | null } {
  const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);
  const [all, gone] = [total(sent), total(lost)];
  return { sent: all, lost: gone, ratio: all === 0 ? null : gone / all };
}

/** The rows of the strip: the worst agents first, at most `limit`. */
export function stripRows(results: Results, offline: ReadonlySet<string>, limit: number): StripRow[] {
  return results.series
    .map((series) => ({ series, loss: lossOf(series), gone: offline.has(series.agent ?? '') }))
    .sort(
      (a, b) =>
        (b.loss.ratio ?? 0) - (a.loss.ratio ?? 0) ||
        Number(b.gone) - Number(a.gone) ||
        (a.series.agent ?? '').localeCompare(b.series.agent ?? ''),
    )
    .slice(0, limit)
    .map(({ series, loss, gone }) => ({
      name: series.agent ?? '',
      series,
      note: gone ? 'offline' : loss.ratio === null ? 'no data' : formatPercent(loss.ratio, 2),
      wrong: gone || (loss.ratio ?? 0) >= 0.015,
    }));
}

/** What the shades of the strip mean. */
export function StripLegend() {
  return (
    <p className={css['legend']}>
      Loss
      {(['loss1', 'loss2', 'loss3', 'loss4'] as const).map((name, i) => (
        <span key={name}>
          <i className={css[name]} />
          {['<0.1', '0.5', '1.5', 'more %'][i]}
        </span>
      ))}
      <span>
        <i className={css['none-swatch']} />
        no data
      </span>
    </p>
  );
}
