export interface Column<Row> {
  readonly head: string;
  /** Numbers stand right, so that their digits stand one below the other. */
  readonly right?: boolean;
  /** Only with `-o wide`. */
  readonly wide?: boolean;
  cell(row: Row): string;
}

const GAP = '   ';

/** Lines of a table as kubectl draws it: capitals above, columns as wide as their longest cell, no rules. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  wide = false,
): string[] {
  const shown = columns.filter((column) => wide || column.wide !== true);
  const cells = [
    shown.map(({ head }) => head),
    ...rows.map((row) => shown.map((column) => clean(column.cell(row)))),
  ];
  const widths = shown.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, i) => (shown[i]?.right ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join(GAP)
      .trimEnd(),
  );
}

/** Names come from others: nothing in them may move the cursor or colour the screen. */
export function clean(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\ufffd');
}
