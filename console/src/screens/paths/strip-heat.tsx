import type { TracePoint } from '@streamswarm/contract/wire/traces';
import { classOf } from '../matrix/ramp.ts';
import css from './paths.module.css';
import { LIMITS } from './ramp-legend.tsx';
import type { Column } from './strip-cells.ts';
import { rowTop, type StripFrame } from './strip-frame.ts';

interface StripHeatProps {
  readonly traces: readonly TracePoint[];
  readonly columns: readonly Column[];
  readonly frame: StripFrame;
}

const LEAST_WITH_GAP = 5;

/** One shape a class, whatever the number of traces: a cell each would be tens of thousands. */
export function StripHeat({ traces, columns, frame }: StripHeatProps) {
  const shapes = new Map<string, string>();
  traces.forEach(({ medians }, i) => {
    const column = columns[i];
    if (column === undefined) return;
    const { x, width } = frame.box(column);
    const wide = width > LEAST_WITH_GAP ? width - 1 : width;
    medians.forEach((median, hop) => {
      const name = median === null ? 'silent' : `r${classOf(median, LIMITS)}`;
      const y = rowTop(frame, hop);
      shapes.set(name, `${shapes.get(name) ?? ''}M${x} ${y}h${wide}v${frame.row - 1}h${-wide}z`);
    });
  });
  return (
    <>
      {Array.from({ length: frame.rows }, (_, hop) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its hop
          key={hop}
          className={css['tick']}
          x={frame.left - 7}
          y={rowTop(frame, hop + 0.5) + 3.5}
          textAnchor="end"
        >
          {hop + 1}
        </text>
      ))}
      {[...shapes].map(([name, d]) => (
        <path key={name} className={css[name]} d={d} />
      ))}
    </>
  );
}
