import { areaPath, linePath, type StepPlace } from './band-paths.ts';
import { valueRuns } from './runs.ts';
import css from './sparkline.module.css';

interface SparklineProps {
  readonly values: readonly (number | null)[];
  /** In words, for people who do not see it. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  readonly bad?: boolean;
}

/** The course of one value, from 0, without an axis; gaps stay open. */
export function Sparkline({ values, label, width = 78, height = 16, bad = false }: SparklineProps) {
  const max = Math.max(...values.map((value) => value ?? 0));
  const stepWidth = width / Math.max(1, values.length);
  const place: StepPlace = {
    x: (step) => (step + 0.5) * stepWidth,
    y: (value) => height - 0.5 - (max === 0 ? 0 : (value / max) * (height - 2)),
    width: stepWidth,
  };
  const runs = valueRuns(values);
  return (
    <svg
      className={bad ? css['bad'] : css['spark']}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      {runs.map((run) => (
        <g key={run.first}>
          <path className={css['area']} d={areaPath(values, null, run, place)} />
          <path className={css['line']} d={linePath(values, run, place)} />
        </g>
      ))}
    </svg>
  );
}
