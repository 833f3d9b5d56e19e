import { type Grid, lossOf, valuesOf } from './grid.ts';

export interface StandOut {
  readonly row: number;
  readonly column: number;
  readonly agent: string;
  readonly label: string;
  readonly value: number;
  /** Times the median of all that is shown; null where that is 0. */
  readonly times: number | null;
  readonly loss: number | null;
}

const MOST = 8;
/** Below it a value is within what neighbours differ by. */
const TIMES = 2;

export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  const lower = sorted.length % 2 === 0 ? sorted[middle - 1] : upper;
  return (upper + (lower ?? upper)) / 2;
}

/** Pairs that are far above the median, or that lose; the worst first. */
export function standOuts(grid: Grid): StandOut[] {
  const median = medianOf(valuesOf(grid));
  const found = grid.rows.flatMap(({ agent, squares }, row) =>
    squares.flatMap((square, column): StandOut[] => {
      if (square.kind !== 'value') return [];
      const { value, cell } = square;
      const times = median === null || median === 0 ? null : value / median;
      const loss = lossOf(cell);
      const far = (times ?? 0) >= TIMES || (loss ?? 0) > 0;
      return far
        ? [{ row, column, agent, label: grid.columns[column]?.label ?? '', value, times, loss }]
        : [];
    }),
  );
  return found.toSorted((a, b) => b.value - a.value || (b.loss ?? 0) - (a.loss ?? 0)).slice(0, MOST);
}
