import {
  DASH,
  formatCount,
  formatPercent,
  joined,
  secondsQuantity,
} from '@streamswarm/contract/format/numbers';
import { formatDuration } from '../../format/time.ts';
import css from './band-chart.module.css';
import { type BandData, whyEmpty } from './band-data.ts';
import { type Comparison, changeText, comparisonWords } from './before.ts';
import type { PlotGeometry } from './plot-geometry.ts';
import { stepTime } from './step-time.ts';

interface HoverCardProps {
  readonly plot: PlotGeometry;
  readonly data: BandData;
  readonly step: number;
  readonly format: (value: number) => string;
  readonly comparison: Comparison | undefined;
}

const WIDTH = 206;

/** The values under the cursor; polite, so that a screen reader follows the keys. */
export function HoverCard({ plot, data, step, format, comparison }: HoverCardProps) {
  const { series } = data;
  const x = plot.x(step);
  const left = x + 14 + WIDTH > plot.width ? x - 14 - WIDTH : x + 14;
  const atMs = data.fromMs + step * data.stepMs;
  const selfError = series.selfError[step] ?? null;
  const [sent, lost] = [series.sent[step] ?? 0, series.lost[step] ?? 0];
  const measured = data.layers.some(({ values }) => values[step] !== null);
  return (
    <div className={css['card']} style={{ left, top: plot.top + 6, width: WIDTH }} aria-live="polite">
      <div className={css['card-head']} title={new Date(atMs).toISOString()}>
        <b>{stepTime(data, step)}</b>
        <span>
          {formatDuration(data.stepMs / 1_000)}, n {formatCount(series.n[step] ?? 0)}
        </span>
      </div>
      {measured ? (
        [...data.layers].reverse().map(({ name, values }) => (
          <div key={name} className={css['card-row']}>
            <span>{name}</span>
            <b>{values[step] === null || values[step] === undefined ? DASH : format(values[step])}</b>
            <i>{changeText(values[step] ?? null, comparison?.before?.values[name] ?? null, selfError)}</i>
          </div>
        ))
      ) : (
        <p className={css['card-why']}>{whyEmpty(series, step)}</p>
      )}
      {sent > 0 ? (
        <div className={css['card-row']}>
          <span>lost</span>
          <b>
            {formatCount(lost)} of {formatCount(sent)}
          </b>
          <i>{formatPercent(lost / sent, 2)}</i>
        </div>
      ) : null}
      {selfError === null ? null : (
        <div className={css['card-row']}>
          <span>own error</span>
          <b>±{joined(secondsQuantity(selfError))}</b>
          <i>kernel</i>
        </div>
      )}
      {measured && comparison !== undefined ? (
        <p className={css['card-foot']}>{comparisonWords(comparison)}</p>
      ) : null}
    </div>
  );
}
