import type { Matrix, MatrixCell } from '@streamswarm/contract/wire/matrix';

export const STATS = ['p50', 'p95', 'p99', 'max', 'loss'] as const;
export type Stat = (typeof STATS)[number];
export const ORDERS = ['worst', 'name'] as const;
export type Order = (typeof ORDERS)[number];

export type Square =
  | { readonly kind: 'value'; readonly value: number; readonly cell: MatrixCell }
  /** Slots were answered, and none with a value. */
  | { readonly kind: 'null'; readonly reason: string; readonly cell: MatrixCell }
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'itself' };

export interface Column {
  /** Name of the destination, as the API has it. */
  readonly name: string;
  readonly label: string;
  /** The agent at the far end, in a mesh. */
  readonly far: string | null;
}

export interface Row {
  /** Who measures; turned round, who answers. */
  readonly agent: string;
  readonly squares: readonly Square[];
}

export interface Grid {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** How many there are in all; the grid holds the first of the order. */
  readonly allRows: number;
  readonly allColumns: number;
}

/** A side of more would be drawn smaller than a pointer can hit. */
export const MOST_SIDE = 60;

/** Sources down, destinations across; the worst first, or by name. */
export function gridOf(matrix: Matrix, { stat, order }: { stat: Stat; order: Order }): Grid {
  const bySource = new Map<string, Map<string, MatrixCell>>();
  for (const cell of matrix.cells) {
    if (cell.agent === null || cell.destination === null) continue;
    const row = bySource.get(cell.agent) ?? new Map<string, MatrixCell>();
    row.set(cell.destination, cell);
    bySource.set(cell.agent, row);
  }
  const columns = columnsOf(matrix.destinations);
  const rows = matrix.agents
    .filter((agent) => bySource.has(agent))
    .map((agent) => ({
      agent,
      squares: columns.map((column) => squareOf(agent, column, bySource.get(agent)?.get(column.name), stat)),
    }));
  const rowOrder = ordered(
    rows.map(({ squares }) => worstOf(squares)),
    order,
  );
  const columnOrder = ordered(
    columns.map((_, i) => worstOf(rows.flatMap(({ squares }) => squares[i] ?? []))),
    order,
  );
  return {
    allRows: rows.length,
    allColumns: columns.length,
    columns: pick(columns, columnOrder),
    rows: pick(rows, rowOrder).map(({ agent, squares }) => ({ agent, squares: pick(squares, columnOrder) })),
  };
}

/** The same squares with destinations down and sources across. */
export function turnedRound({ rows, columns, allRows, allColumns }: Grid): Grid {
  return {
    allRows: allColumns,
    allColumns: allRows,
    columns: rows.map(({ agent }) => ({ name: agent, label: agent, far: null })),
    rows: columns.map(({ label }, i) => ({
      agent: label,
      squares: rows.flatMap(({ squares }) => squares[i] ?? []),
    })),
  };
}

export function lossOf({ sent, lost }: Pick<MatrixCell, 'sent' | 'lost'>): number | null {
  return sent === 0 ? null : lost / sent;
}

/** Values of a grid, for its scale and its median. */
export function valuesOf({ rows }: Grid): number[] {
  return rows.flatMap(({ squares }) =>
    squares.flatMap((square) => (square.kind === 'value' ? square.value : [])),
  );
}

function columnsOf(destinations: readonly string[]): Column[] {
  const parts = destinations.map((name) => {
    const slash = name.indexOf('/');
    return {
      name,
      first: slash < 0 ? name : name.slice(0, slash),
      far: slash < 0 ? null : name.slice(slash + 1),
    };
  });
  const oneMesh = new Set(parts.map(({ first }) => first)).size === 1;
  return parts.map(({ name, far }) => ({ name, far, label: oneMesh && far !== null ? far : name }));
}

function squareOf(agent: string, column: Column, cell: MatrixCell | undefined, stat: Stat): Square {
  if (cell === undefined) {
    return column.far === agent
      ? { kind: 'itself' }
      : { kind: 'none', reason: 'not measured: no stream of this test leads from one to the other' };
  }
  const value = stat === 'loss' ? lossOf(cell) : cell[stat];
  if (value !== null) return { kind: 'value', value, cell };
  const reason = reasonOf(cell);
  return reason === null
    ? { kind: 'none', reason: 'no sample came in yet for this time' }
    : { kind: 'null', reason, cell };
}

/** Why there is no value, out of what became of its slots; null where nothing became of any. */
function reasonOf({ lostSlots, error, denied, dropped, ok }: MatrixCell): string | null {
  const parts = (
    [
      [lostSlots, 'lost'],
      [error, 'in error'],
      [denied, 'denied'],
      [dropped, 'dropped'],
    ] as const
  ).flatMap(([count, word]) => (count > 0 ? [`${count.toLocaleString('en')} slots ${word}`] : []));
  if (parts.length > 0) return parts.join(', ');
  return ok > 0 ? 'answered, and this metric was null in every answer' : null;
}

/** What has lost or has no value in spite of answers is worse than any value. */
function worstOf(squares: readonly Square[]): number {
  return squares.reduce((worst, square) => {
    if (square.kind === 'value') return Math.max(worst, square.value);
    return square.kind === 'null' ? Number.POSITIVE_INFINITY : worst;
  }, Number.NEGATIVE_INFINITY);
}

/** Places in the order wanted; names come in order already. */
function ordered(worst: readonly number[], order: Order): number[] {
  const places = worst.map((_, i) => i);
  const sorted =
    order === 'name' ? places : places.toSorted((a, b) => descending(worst[a], worst[b]) || a - b);
  return sorted.slice(0, MOST_SIDE);
}

/** Not by difference: infinite ones would have none. */
function descending(a = 0, b = 0): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

function pick<T>(items: readonly T[], places: readonly number[]): T[] {
  return places.flatMap((place) => {
    const item = items[place];
    return item === undefined ? [] : [item];
  });
}
