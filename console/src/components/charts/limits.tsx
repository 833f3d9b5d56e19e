import css from './band-chart.module.css';
import type { PlotGeometry } from './plot-geometry.ts';
import { tickText } from './tick-text.ts';

/** Limits of the test, each with its own tick in place of that of the axis. */
export function Limits({ plot, unit }: { readonly plot: PlotGeometry; readonly unit: string }) {
  const top = plot.axis?.ticks.at(-1) ?? 0;
  return plot.limits.map((limit) => {
    const y = plot.y(limit);
    return (
      <g key={limit} className={css['limit']}>
        <line x1={plot.left} x2={plot.left + plot.innerWidth} y1={y} y2={y} />
        <text x={plot.left - 7} y={y + 4} textAnchor="end">
          limit {tickText(limit, top, unit)}
        </text>
      </g>
    );
  });
}
