import { countSlots, intersectSlots, type Series, slotsDueIn } from '@streamswarm/contract';
import type { ResultRange } from '../../store/queries/results/result-ranges.ts';
import type { SlotStep } from '../../store/queries/results/result-slots.ts';
import type { ValueStep } from '../../store/queries/results/result-values.ts';
import type { SeriesKey } from '../../store/queries/results/selection.ts';
import type { StepPlan } from './choose-step.ts';

export interface ResultRows {
  readonly groups: readonly SeriesKey[];
  readonly slots: readonly SlotStep[];
  readonly values: readonly ValueStep[];
  readonly ranges: readonly ResultRange[];
}

const FIGURES = ['min', 'mean', 'p50', 'p95', 'p99', 'max'] as const;

/** Series column by column out of rows: a step that no row names stays null, and its counts 0. */
export function assembleSeries(rows: ResultRows, plan: StepPlan): Series[] {
  const series = new Map(rows.groups.map((group) => [keyOf(group), emptySeries(group, plan.steps)]));
  for (const row of rows.slots) addSlots(series.get(keyOf(row)), row);
  for (const row of rows.values) addValues(series.get(keyOf(row)), row);
  for (const range of rows.ranges) addRange(series.get(keyOf(range)), range, plan);
  return [...series.values()];
}

function keyOf({ agent, destination }: SeriesKey): string {
  return `${agent ?? ''}\n${destination ?? ''}`;
}

function emptySeries({ agent, destination }: SeriesKey, steps: number): Series {
  const nulls = (): null[] => new Array<null>(steps).fill(null);
  const zeros = (): number[] => new Array<number>(steps).fill(0);
  return {
    agent,
    destination,
    n: zeros(),
    min: nulls(),
    mean: nulls(),
    p50: nulls(),
    p95: nulls(),
    p99: nulls(),
    max: nulls(),
    selfError: nulls(),
    sent: zeros(),
    lost: zeros(),
    ok: zeros(),
    lostSlots: zeros(),
    error: zeros(),
    denied: zeros(),
    dropped: zeros(),
  };
}

function addSlots(series: Series | undefined, row: SlotStep): void {
  if (series === undefined) return;
  const { step, ok, lost, error, sent, received } = row;
  series.ok[step] = ok;
  series.lostSlots[step] = lost;
  series.error[step] = error;
  series.sent[step] = sent ?? (received === null ? ok + lost : 0);
  series.lost[step] = sent === null || received === null ? lost : sent - received;
  series.selfError[step] = row.selfErrorSeconds;
}

function addValues(series: Series | undefined, row: ValueStep): void {
  if (series === undefined) return;
  series.n[row.step] = row.n;
  for (const figure of FIGURES) series[figure][row.step] = row[figure];
}

/** Slots without a row: where each of them is due says the arithmetic of slots alone. */
function addRange(series: Series | undefined, range: ResultRange, plan: StepPlan): void {
  if (series === undefined) return;
  const counts = series[range.outcome];
  const begin = range.startMs + range.first * range.periodMs;
  const end = range.startMs + (range.end + 1) * range.periodMs;
  const firstStep = Math.max(0, Math.floor((begin - plan.fromMs) / plan.stepMs));
  for (let step = firstStep; step < plan.steps; step++) {
    const fromMs = plan.fromMs + step * plan.stepMs;
    if (fromMs > end) break;
    counts[step] =
      (counts[step] ?? 0) +
      countSlots(intersectSlots(range, slotsDueIn(range, fromMs, fromMs + plan.stepMs)));
  }
}
