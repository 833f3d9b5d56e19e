import { DASH, formatCount, formatSeconds } from '@streamswarm/contract/format/numbers';
import { formatDuration } from '../../format/time.ts';
import { classes } from '../state/class-names.ts';
import css from './band-chart.module.css';
import phase from './phase-chart.module.css';
import { type PhaseData, phaseAt, phaseWords, presentPhases, stackAt } from './phase-data.ts';
import type { PlotGeometry } from './plot-geometry.ts';
import { stepTime } from './step-time.ts';

interface PhaseCardProps {
  readonly plot: PlotGeometry;
  readonly data: PhaseData;
  readonly step: number;
}

const WIDTH = 206;

/** The phases under the cursor, the last one first as they stand in the chart. */
export function PhaseCard({ plot, data, step }: PhaseCardProps) {
  const x = plot.x(step);
  const left = x + 14 + WIDTH > plot.width ? x - 14 - WIDTH : x + 14;
  const sum = stackAt(data, step)?.at(-1) ?? null;
  const total = data.total[step] ?? null;
  const unfinished = data.unfinished[step] ?? 0;
  return (
    <div className={css['card']} style={{ left, top: plot.top + 6, width: WIDTH }} aria-live="polite">
      <div className={css['card-head']} title={new Date(data.fromMs + step * data.stepMs).toISOString()}>
        <b>{stepTime(data, step)}</b>
        <span>
          {formatDuration(data.stepMs / 1_000)}, n {formatCount(data.n[step] ?? 0)}
        </span>
      </div>
      {sum === null || total === null ? (
        <p className={css['card-why']}>no request came to its end</p>
      ) : (
        <>
          {presentPhases(data)
            .toReversed()
            .map((part) => ({ metric: part.metric, seconds: phaseAt(part, step) }))
            .map(({ metric, seconds }) => (
              <div key={metric} className={css['card-row']}>
                <span className={classes(phase['name'], phase[metric])}>{phaseWords(metric)}</span>
                <b>{seconds === null ? DASH : formatSeconds(seconds)}</b>
                <i>{seconds === null ? '' : `${Math.round((seconds / sum) * 100)}\u00a0%`}</i>
              </div>
            ))}
          <div className={css['card-row']}>
            <span>total</span>
            <b>{formatSeconds(total)}</b>
          </div>
        </>
      )}
      {unfinished > 0 ? (
        <p className={css['card-why']}>{formatCount(unfinished)} more ended within a phase</p>
      ) : null}
    </div>
  );
}
