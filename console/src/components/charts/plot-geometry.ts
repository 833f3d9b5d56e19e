import { limitsTop } from './limits-top.ts';
import { linear } from './linear.ts';
import { type ValueAxis, valueAxis } from './value-axis.ts';

export interface PlotBox {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly lane: boolean;
  /** False where a chart below shows the time. */
  readonly timeAxis: boolean;
  /** The axis holds this value, whatever the others are. */
  readonly reaching?: number;
}

/** Steps in time, and the values whose axis is looked for. */
export interface PlotData {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly steps: number;
  /** Unit of the metric, as in the contract. */
  readonly unit: string;
  /** From the inside out. */
  readonly layers: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** Where everything of a band chart stands, in px. */
export interface PlotGeometry extends PlotBox {
  readonly innerWidth: number;
  readonly top: number;
  readonly bottom: number;
  readonly laneTop: number;
  readonly laneBottom: number;
  readonly toMs: number;
  readonly axis: ValueAxis | null;
  /** Values with a line of their own. */
  readonly limits: readonly number[];
  /** Middle of a step. */
  readonly x: (step: number) => number;
  /** Begin of a step. */
  readonly edge: (step: number) => number;
  readonly atMs: (ms: number) => number;
  /** Values above the axis stand at its upper end. */
  readonly y: (value: number) => number;
  readonly stepWidth: number;
}

const TOP = 20;
const TIME_AXIS = 20;
const LANE = 26;
const LANE_GAP = 10;
/** About one tick for so many px of height. */
const TICK_PX = 40;

export function plotOf(data: PlotData, box: PlotBox, limits: readonly number[] = []): PlotGeometry {
  const innerWidth = Math.max(1, box.width - box.left - box.right);
  const laneBottom = box.height - (box.timeAxis ? TIME_AXIS : 1);
  const laneTop = laneBottom - LANE;
  const bottom = box.lane ? laneTop - LANE_GAP : laneBottom;
  const ticks = Math.max(2, Math.round((bottom - TOP) / TICK_PX));
  const axis = valueAxis(
    data.layers.flatMap(({ values }) => values),
    ticks,
    Math.max(limitsTop(limits), box.reaching ?? 0),
  );
  const edge = linear([0, data.steps], [box.left, box.left + innerWidth]);
  const toMs = data.fromMs + data.steps * data.stepMs;
  const up = linear([0, axis?.max ?? 1], [bottom, TOP]);
  return {
    ...box,
    innerWidth,
    top: TOP,
    bottom,
    laneTop,
    laneBottom,
    toMs,
    axis,
    limits,
    edge,
    x: (step) => edge(step + 0.5),
    atMs: linear([data.fromMs, toMs], [box.left, box.left + innerWidth]),
    y: (value) => Math.max(TOP, up(value)),
    stepWidth: innerWidth / Math.max(1, data.steps),
  };
}

/**
 * Moves labels apart that would overlap, from the bottom up, and all of them down where the highest would leave the
 * plot. `ys` are px, the lowest label first.
 */
export function spreadLabels(ys: readonly number[], gap: number, top: number): number[] {
  let limit = Number.POSITIVE_INFINITY;
  const spread = ys.map((y) => {
    limit = Math.min(y, limit - gap);
    return limit;
  });
  const above = Math.max(0, top - Math.min(...spread));
  return spread.map((y) => y + above);
}
