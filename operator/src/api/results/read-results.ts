import type { Results } from '@streamswarm/contract';
import type { Reads } from '../../store/queries/reads.ts';
import type { Selection } from '../../store/queries/results/selection.ts';
import { rollupOf } from '../../store/tables/columns.ts';
import { iso, type TimeWindow } from '../window/window.ts';
import { assembleSeries } from './assemble-series.ts';
import { chooseStep, chooseWhole } from './choose-step.ts';
import type { MetricChoice } from './select-metric.ts';

export interface ResultsWish {
  readonly selection: Selection;
  readonly metric: MetricChoice;
  readonly window: TimeWindow;
  readonly pixels: number;
  readonly stepMs: number | null;
  /** The window as one step: percentiles of steps cannot be put together. */
  readonly isWhole?: boolean;
}

/** Where no stream was open in the window the step follows the pixels alone. */
const NO_STREAM_PERIOD_MS = 1_000;

export async function readResults(reads: Reads, wish: ResultsWish): Promise<Results> {
  const { selection, metric } = wish;
  const [groups, keptSinceMs] = await Promise.all([
    reads.resultGroups(selection, wish.window),
    reads.keptSince(),
  ]);
  const whole = {
    window: wish.window,
    streams: groups.reduce((sum, group) => sum + group.streams, 0),
    slotsPerSecond: groups.reduce((sum, group) => sum + group.slotsPerSecond, 0),
    keptSinceMs,
    hasRollup: rollupOf(metric.base) !== 'none',
  };
  const plan =
    wish.isWhole === true
      ? chooseWhole(whole)
      : chooseStep({
          ...whole,
          pixels: wish.pixels,
          stepMs: wish.stepMs,
          periodMs: Math.max(NO_STREAM_PERIOD_MS, ...groups.map((group) => group.periodMs)),
          series: groups.length,
        });
  const [slots, values, ranges] =
    groups.length === 0
      ? [[], [], []]
      : await Promise.all([
          reads.resultSlots(selection, plan, plan.level),
          reads.resultValues(selection, plan, plan.level, metric.base),
          reads.resultRanges(selection, plan),
        ]);
  return {
    probe: selection.probe ?? selection.kind,
    metric: metric.asked.name,
    unit: metric.asked.unit,
    from: iso(plan.fromMs),
    to: iso(plan.toMs),
    stepSeconds: plan.stepMs / 1_000,
    steps: plan.steps,
    level: plan.level,
    series: assembleSeries({ groups, slots, values, ranges }, plan),
  };
}
