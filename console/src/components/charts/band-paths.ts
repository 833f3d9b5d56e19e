import { area, line } from 'd3-shape';
import type { StepRun } from './runs.ts';

type Values = readonly (number | null)[];

export interface StepPlace {
  /** Middle of a step in px. */
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
  /** Width of a step in px: a lone step is drawn so wide. */
  readonly width: number;
}

/** One line through the values of a run, straight from step to step. */
export function linePath(values: Values, run: StepRun, { x, y, width }: StepPlace): string {
  const points = pointsOf(run, x, width).map(([px, step]): [number, number] => [px, y(values[step] ?? 0)]);
  return line()(points) ?? '';
}

/** The area of a run between two edges; `lower` null is the axis. */
export function areaPath(upper: Values, lower: Values | null, run: StepRun, place: StepPlace): string {
  const { x, y, width } = place;
  return (
    area<[number, number]>()
      .x(([px]) => px)
      .y1(([, step]) => y(upper[step] ?? 0))
      .y0(([, step]) => y(lower === null ? 0 : (lower[step] ?? 0)))(pointsOf(run, x, width)) ?? ''
  );
}

/** [px, step] of each point; a lone step gets the width of a step, or it would not be seen. */
function pointsOf({ first, end }: StepRun, x: (step: number) => number, width: number): [number, number][] {
  if (end - first === 1) {
    return [
      [x(first) - width / 2, first],
      [x(first) + width / 2, first],
    ];
  }
  return Array.from({ length: end - first }, (_, i): [number, number] => [x(first + i), first + i]);
}
