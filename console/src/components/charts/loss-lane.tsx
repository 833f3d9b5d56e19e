import type { Series } from '@streamswarm/contract/wire/views';
import css from './band-chart.module.css';
import { lossTop } from './loss-scale.ts';
import type { PlotGeometry } from './plot-geometry.ts';

/** One lost packet must be seen. */
const LEAST_PX = 2;

/** Loss of each step under the latency, on the same time. */
export function LossLane({ plot, series }: { readonly plot: PlotGeometry; readonly series: Series }) {
  const top = lossTop(series.sent, series.lost);
  const height = plot.laneBottom - plot.laneTop;
  const bar = Math.max(1, plot.stepWidth - (plot.stepWidth > 3 ? 1 : 0));
  return (
    <g>
      <text className={css['tick']} x={plot.left - 7} y={plot.laneTop + 8} textAnchor="end">
        {top * 100}
        {'\u00a0'}%
      </text>
      <text className={css['tick']} x={plot.left - 7} y={plot.laneBottom + 1} textAnchor="end">
        loss
      </text>
      <line
        className={css['axis']}
        x1={plot.left}
        x2={plot.left + plot.innerWidth}
        y1={plot.laneBottom}
        y2={plot.laneBottom}
      />
      {series.lost.map((lost, step) => {
        const sent = series.sent[step] ?? 0;
        if (lost === 0 || sent === 0) return null;
        const h = Math.max(LEAST_PX, (lost / sent / top) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in time
            key={step}
            className={css['lost']}
            x={plot.x(step) - bar / 2}
            width={bar}
            y={plot.laneBottom - h}
            height={h}
          />
        );
      })}
    </g>
  );
}
