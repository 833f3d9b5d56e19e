import type { TimeWindow } from '../window/window.ts';

export type Level = 'raw' | '1m';

const MINUTE_MS = 60_000;
/** A level serves a window when the window holds at least this many of its rows. */
const ROWS_TO_SERVE = 120;
const MAX_STEPS = 5_000;
/** More samples than these take seconds to sort; minutes answer for them, with fewer and longer steps. */
const MAX_RAW_ROWS = 200_000;

export interface StepWish {
  readonly window: TimeWindow;
  /** Points that the asker can draw. */
  readonly pixels: number;
  /** A step asked for, else null. */
  readonly stepMs: number | null;
  /** Period of the streams shown: a shorter step would show gaps where nothing is missing. */
  readonly periodMs: number;
  /** Samples that the streams shown have together. */
  readonly slotsPerSecond: number;
  /** False for metrics that no rollup keeps. */
  readonly hasRollup: boolean;
}

export interface StepPlan extends TimeWindow {
  readonly level: Level;
  readonly stepMs: number;
  readonly steps: number;
}

/**
 * Level and step of a result: the coarsest level that still gives enough rows for the window (minutes also
 * where samples would be too many), and a whole multiple of it that is not finer than the asker can draw. The
 * window is widened to whole steps since the
 * epoch, so that the steps of a live chart keep their borders while it moves.
 */
export function chooseStep({
  window,
  pixels,
  stepMs,
  periodMs,
  slotsPerSecond,
  hasRollup,
}: StepWish): StepPlan {
  const rangeMs = window.toMs - window.fromMs;
  const finestMs = Math.max(stepMs ?? rangeMs / pixels, rangeMs / MAX_STEPS);
  const serves = rangeMs / MINUTE_MS >= ROWS_TO_SERVE && (stepMs === null || stepMs >= MINUTE_MS);
  const isMuch = (slotsPerSecond * rangeMs) / 1_000 > MAX_RAW_ROWS;
  const level: Level = hasRollup && (serves || isMuch) ? '1m' : 'raw';
  const unitMs = level === '1m' ? Math.max(MINUTE_MS, ceilTo(periodMs, MINUTE_MS)) : periodMs;
  const step = ceilTo(finestMs, unitMs);
  const fromMs = Math.floor(window.fromMs / step) * step;
  const steps = Math.ceil((window.toMs - fromMs) / step);
  return { level, stepMs: step, steps, fromMs, toMs: fromMs + steps * step };
}

export type WholeWish = Pick<StepWish, 'window' | 'slotsPerSecond' | 'hasRollup'>;

/** The window as one step: raw where its samples are few enough to sort, else minutes, from a whole one on. */
export function chooseWhole({ window, slotsPerSecond, hasRollup }: WholeWish): StepPlan {
  const rangeMs = window.toMs - window.fromMs;
  const isMuch = (slotsPerSecond * rangeMs) / 1_000 > MAX_RAW_ROWS;
  const level: Level = hasRollup && isMuch ? '1m' : 'raw';
  const fromMs = level === '1m' ? Math.floor(window.fromMs / MINUTE_MS) * MINUTE_MS : window.fromMs;
  return { level, stepMs: window.toMs - fromMs, steps: 1, fromMs, toMs: window.toMs };
}

function ceilTo(value: number, unit: number): number {
  return Math.max(1, Math.ceil(value / unit)) * unit;
}
