import { type ResultLevel, ROLLUP_LEVELS, type RollupLevel } from '@streamswarm/contract';
import { ROLLUP_MS } from '../../store/tables/columns.ts';
import type { TimeWindow } from '../window/window.ts';

/** A level serves a window when the window holds at least this many of its rows. */
const ROWS_TO_SERVE = 120;
const MAX_STEPS = 5_000;
/** More samples than these take seconds to sort; minutes answer for them, with fewer and longer steps. */
const MAX_RAW_ROWS = 200_000;
/** Rows of a rollup that a query may read, while a coarser level is left. */
export const MAX_ROLLUP_ROWS = 60_000;

/** Points of all series together: more of them are longer in the making than people wait, and nobody can see them. */
const MAX_POINTS = 6_000;

export interface StepWish {
  readonly window: TimeWindow;
  /** Points that the asker can draw. */
  readonly pixels: number;
  /** A step asked for, else null. */
  readonly stepMs: number | null;
  /** Period of the streams shown: a shorter step would show gaps where nothing is missing. */
  readonly periodMs: number;
  /** How many series stay apart: many of them get longer steps, as their charts are small. */
  readonly series: number;
  /** How many streams are shown, and the samples that they have together. */
  readonly streams: number;
  readonly slotsPerSecond: number;
  /** Since when each level is kept, ms. */
  readonly keptSinceMs: Readonly<Record<ResultLevel, number>>;
  /** False for metrics that no rollup keeps. */
  readonly hasRollup: boolean;
}

export interface StepPlan extends TimeWindow {
  readonly level: ResultLevel;
  readonly stepMs: number;
  readonly steps: number;
}

/**
 * Level and step of a result: the coarsest level that still gives enough rows for the window (a coarser one where
 * it would be too many rows, or is kept no longer), and a whole multiple of it that is not finer than the asker can draw. The window is
 * widened to whole steps since the epoch, so that the steps of a live chart keep their borders while it moves.
 */
export function chooseStep(wish: StepWish): StepPlan {
  return coarsen(wish, levelThatServes(wish), (level) => stepsOf(wish, level));
}

export type WholeWish = Omit<StepWish, 'pixels' | 'stepMs' | 'periodMs' | 'series'>;

/** The window as one step: by the finest level that can serve it, and widened to whole rows of that. */
export function chooseWhole(wish: WholeWish): StepPlan {
  return coarsen(wish, 'raw', (level) => {
    const rowMs = level === 'raw' ? 1 : ROLLUP_MS[level];
    const fromMs = Math.floor(wish.window.fromMs / rowMs) * rowMs;
    const toMs = ceilTo(wish.window.toMs, rowMs);
    return { level, stepMs: toMs - fromMs, steps: 1, fromMs, toMs };
  });
}

/** The level, or the first coarser one that can serve. */
function coarsen(wish: WholeWish, finest: ResultLevel, planOf: (level: ResultLevel) => StepPlan): StepPlan {
  let plan = planOf(finest);
  while (cannotServe(wish, plan)) {
    const { level } = plan;
    const coarser: RollupLevel | undefined =
      level === 'raw' ? ROLLUP_LEVELS[0] : ROLLUP_LEVELS[ROLLUP_LEVELS.indexOf(level) + 1];
    if (coarser === undefined) break;
    plan = planOf(coarser);
  }
  return plan;
}

function levelThatServes({ window, stepMs, hasRollup }: StepWish): ResultLevel {
  const rangeMs = window.toMs - window.fromMs;
  const serves = (level: RollupLevel): boolean =>
    rangeMs / ROLLUP_MS[level] >= ROWS_TO_SERVE && (stepMs === null || stepMs >= ROLLUP_MS[level]);
  return (hasRollup ? ROLLUP_LEVELS.findLast(serves) : undefined) ?? 'raw';
}

function cannotServe(wish: WholeWish, plan: StepPlan): boolean {
  const { window, streams, slotsPerSecond, keptSinceMs, hasRollup } = wish;
  if (!hasRollup) return false;
  if (window.fromMs < keptSinceMs[plan.level]) return true;
  if (plan.level === 'raw') return (slotsPerSecond * (window.toMs - window.fromMs)) / 1_000 > MAX_RAW_ROWS;
  const lengthMs = plan.toMs - plan.fromMs;
  const rows = Math.min((streams * lengthMs) / ROLLUP_MS[plan.level], (slotsPerSecond * lengthMs) / 1_000);
  return rows > MAX_ROLLUP_ROWS;
}

function stepsOf({ window, pixels, stepMs, periodMs, series }: StepWish, level: ResultLevel): StepPlan {
  const rangeMs = window.toMs - window.fromMs;
  const unitMs = level === 'raw' ? periodMs : ceilTo(periodMs, ROLLUP_MS[level]);
  const finestMs = Math.max(stepMs ?? rangeMs / pixels, rangeMs / MAX_STEPS);
  const crowdedMs = Math.min((rangeMs * series) / MAX_POINTS, rangeMs / ROWS_TO_SERVE);
  const step = Math.max(ceilTo(finestMs, unitMs), stepMs === null ? floorTo(crowdedMs, unitMs) : 0);
  const fromMs = Math.floor(window.fromMs / step) * step;
  const steps = Math.ceil((window.toMs - fromMs) / step);
  return { level, stepMs: step, steps, fromMs, toMs: fromMs + steps * step };
}

function floorTo(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}

function ceilTo(value: number, unit: number): number {
  return Math.max(1, Math.ceil(value / unit)) * unit;
}
