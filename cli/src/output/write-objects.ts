import { stringify } from 'yaml';
import { type Column, tableLines } from './table.ts';

export const OUTPUTS = ['table', 'wide', 'json', 'yaml', 'name'] as const;
export type Output = (typeof OUTPUTS)[number];

export interface Listing<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** As another command takes it. */
  name(row: Row): string;
  /** What json and yaml show. Absent: the row. */
  object?(row: Row): unknown;
  /** One object was asked for by name: json and yaml show it, not a list. */
  readonly isOne?: boolean;
}

/** Text of a listing in one of the outputs, with its last line ended; empty for no rows of a table. */
export function writeObjects<Row>(
  { columns, rows, name, object, isOne }: Listing<Row>,
  output: Output,
): string {
  const objects = rows.map((row) => object?.(row) ?? row);
  const whole = isOne === true ? objects[0] : { items: objects };
  switch (output) {
    case 'json':
      return `${JSON.stringify(whole, null, 2)}\n`;
    case 'yaml':
      return stringify(whole);
    case 'name':
      return rows.map((row) => `${name(row)}\n`).join('');
    default:
      return rows.length === 0 ? '' : `${tableLines(columns, rows, output === 'wide').join('\n')}\n`;
  }
}
