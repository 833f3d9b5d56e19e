import type { Column } from './strip-cells.ts';

/** Where things stand in the strip, px. */
export interface StripFrame {
  readonly left: number;
  /** Left edge of a column, and its width. */
  readonly box: (column: Column) => { readonly x: number; readonly width: number };
  /** Hops. */
  readonly rows: number;
  readonly row: number;
}

/** Height of the row of paths. */
export const MARKS = 17;
const GAP = 7;

/** Upper edge of the row of a hop, counted from 0; of the one behind the last: where the rows end. */
export function rowTop({ row }: StripFrame, hop: number): number {
  return MARKS + GAP + hop * row;
}
