interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell; null for a key that does not move. Edges hold. */
export function movedPlace(
  key: string,
  { row, column }: Place,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Place | null {
  const moves: Readonly<Record<string, Place>> = {
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 },
    PageUp: { row: 0, column },
    PageDown: { row: rows - 1, column },
  };
  const next = moves[key];
  return next === undefined ? null : { row: within(next.row, rows), column: within(next.column, columns) };
}

function within(place: number, length: number): number {
  return Math.max(0, Math.min(length - 1, place));
}
