import type { Matrix, MatrixCell, Series } from '@streamswarm/contract';
import type { Reads } from '../../store/queries/reads.ts';
import type { Selection } from '../../store/queries/results/selection.ts';
import { rollupOf } from '../../store/tables/columns.ts';
import { iso, type TimeWindow } from '../window/window.ts';
import { assembleSeries } from './assemble-series.ts';
import { chooseWhole } from './choose-step.ts';
import type { MetricChoice } from './select-metric.ts';

export interface MatrixWish {
  readonly selection: Omit<Selection, 'by'>;
  readonly metric: MetricChoice;
  readonly window: TimeWindow;
}

/** Each source against each destination: a result with one step, which is the window itself. */
export async function readMatrix(reads: Reads, { metric, window, ...wish }: MatrixWish): Promise<Matrix> {
  const selection: Selection = { ...wish.selection, by: 'stream' };
  const groups = await reads.resultGroups(selection, window);
  const plan = chooseWhole({
    window,
    slotsPerSecond: groups.reduce((sum, group) => sum + group.slotsPerSecond, 0),
    hasRollup: rollupOf(metric.base) !== 'none',
  });
  const [slots, values, ranges] =
    groups.length === 0
      ? [[], [], []]
      : await Promise.all([
          reads.resultSlots(selection, plan, plan.level),
          reads.resultValues(selection, plan, plan.level, metric.base),
          reads.resultRanges(selection, plan),
        ]);
  const cells = assembleSeries({ groups, slots, values, ranges }, plan).map(cellOf);
  return {
    probe: selection.probe ?? selection.kind,
    metric: metric.asked.name,
    unit: metric.asked.unit,
    from: iso(plan.fromMs),
    to: iso(plan.toMs),
    level: plan.level,
    agents: namesOf(cells, 'agent'),
    destinations: namesOf(cells, 'destination'),
    cells,
  };
}

function cellOf({ agent, destination, selfError: _, ...columns }: Series): MatrixCell {
  const figures = Object.fromEntries(Object.entries(columns).map(([name, [value = null]]) => [name, value]));
  return { agent, destination, ...figures } as MatrixCell;
}

function namesOf(cells: readonly MatrixCell[], what: 'agent' | 'destination'): string[] {
  const names = new Set(cells.flatMap((cell) => cell[what] ?? []));
  return [...names].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
