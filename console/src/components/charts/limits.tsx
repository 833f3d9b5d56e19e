import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import css from './band-chart.module.css';
import type { PlotGeometry } from './plot-geometry.ts';

interface LimitsProps {
  readonly plot: PlotGeometry;
  readonly limits: readonly number[];
  readonly unit: string;
}

/** Limits of the test, each with its own tick; one beyond the axis stands at its edge with the number. */
export function Limits({ plot, limits, unit }: LimitsProps) {
  return limits.map((limit) => {
    const y = plot.y(limit);
    return (
      <g key={limit} className={css['limit']}>
        <line x1={plot.left} x2={plot.left + plot.innerWidth} y1={y} y2={y} />
        <text x={plot.left + 4} y={y - 3}>
          limit {joined(metricQuantity(limit, unit))}
        </text>
      </g>
    );
  });
}
