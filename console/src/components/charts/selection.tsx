import css from './band-chart.module.css';
import type { StepRun } from './runs.ts';

interface SelectionProps {
  readonly plot: {
    readonly edge: (step: number) => number;
    readonly top: number;
    readonly laneBottom: number;
  };
  readonly run: StepRun;
}

/** The time that is being chosen. */
export function Selection({ plot, run }: SelectionProps) {
  const { top, laneBottom } = plot;
  const [begin, end] = [plot.edge(run.first), plot.edge(run.end)];
  return (
    <g>
      <rect className={css['selection']} x={begin} width={end - begin} y={top} height={laneBottom - top} />
      {[begin, end].map((x) => (
        <line key={x} className={css['selection-edge']} x1={x} x2={x} y1={top} y2={laneBottom} />
      ))}
    </g>
  );
}
