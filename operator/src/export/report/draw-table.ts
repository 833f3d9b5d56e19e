import { setImmediate } from 'node:timers/promises';
import { BOLD, type Doc, INK, keepTogether, LINE, left, MARGIN, MUTED, PLAIN, widthOf } from './page.ts';

export interface Column<Row> {
  readonly title: string;
  /** Share of the width. */
  readonly share: number;
  readonly right?: boolean;
  text(row: Row): string;
}

const SIZE = 7.5;
const GAP = 5;
const PADDING = 2.5;

/** So many rows take some milliseconds; then others have their turn. */
const ROWS_AT_ONCE = 20;

/** A table whose head comes again on each page; a long word is broken within its column. */
export async function drawTable<Row>(
  doc: Doc,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const places = placesOf(doc, columns);
  const head = (): void => {
    const texts = columns.map(({ title }) => title);
    const height = heightOf(doc, places, texts);
    drawRow(doc, places, { texts, height, font: BOLD, color: MUTED });
  };
  keepTogether(doc, 40);
  head();
  for (const [i, row] of rows.entries()) {
    if (i % ROWS_AT_ONCE === 0) await setImmediate();
    const texts = columns.map((column) => column.text(row));
    const { page } = doc;
    const height = heightOf(doc, places, texts);
    keepTogether(doc, height);
    if (doc.page !== page) head();
    drawRow(doc, places, { texts, height, font: PLAIN, color: INK });
  }
  doc.x = left;
  doc.y += 2;
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly right: boolean;
}

function placesOf<Row>(doc: Doc, columns: readonly Column<Row>[]): Place[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const room = widthOf(doc) - GAP * (columns.length - 1);
  let x = MARGIN;
  return columns.map(({ share, right = false }) => {
    const width = (room * share) / whole;
    const place = { x, width, right };
    x += width + GAP;
    return place;
  });
}

function heightOf(doc: Doc, places: readonly Place[], texts: readonly string[]): number {
  doc.font(PLAIN).fontSize(SIZE);
  const heights = places.map(({ width }, i) => doc.heightOfString(texts[i] ?? '', { width }));
  return Math.max(...heights) + 2 * PADDING;
}

interface RowDrawing {
  readonly texts: readonly string[];
  readonly height: number;
  readonly font: string;
  readonly color: string;
}

function drawRow(doc: Doc, places: readonly Place[], { texts, height, font, color }: RowDrawing): void {
  const { y } = doc;
  doc.font(font).fontSize(SIZE).fillColor(color);
  for (const [i, { x, width, right }] of places.entries()) {
    doc.text(texts[i] ?? '', x, y + PADDING, { width, align: right ? 'right' : 'left' });
  }
  doc
    .moveTo(MARGIN, y + height)
    .lineTo(MARGIN + widthOf(doc), y + height)
    .lineWidth(0.4)
    .strokeColor(LINE)
    .stroke();
  doc.y = y + height;
}
