'use client';

import css from './band-chart.module.css';
import type { PlotGeometry } from './plot-geometry.ts';
import { useSharedCursor } from './shared-cursor.tsx';

/** The cursor of this chart, else the moment that it stands at in another one of the screen. */
export function CursorLine({
  plot,
  cursor,
}: {
  readonly plot: PlotGeometry;
  readonly cursor: number | null;
}) {
  const { atMs } = useSharedCursor();
  const x = cursor !== null ? plot.x(cursor) : atMs === null ? null : plot.atMs(atMs);
  if (x === null || x < plot.left || x > plot.left + plot.innerWidth) return null;
  return (
    <line
      className={css[cursor === null ? 'cursor-elsewhere' : 'cursor']}
      x1={x}
      x2={x}
      y1={plot.top}
      y2={plot.laneBottom}
    />
  );
}
