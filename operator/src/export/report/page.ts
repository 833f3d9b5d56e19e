import { utcTime } from './pdf-text.ts';

/** What of pdfkit's document a report draws with. */
export type Doc = PDFKit.PDFDocument;

/** The fonts, as the document knows them. */
export const PLAIN = 'plain';
export const BOLD = 'bold';

export const MARGIN = 40;
export const INK = '#1b2430';
export const MUTED = '#5b6675';
export const LINE = '#d5dae1';
const TITLE_SIZE = 12;
export const TEXT_SIZE = 8.5;
/** Below it stands the foot of the page. */
const FOOT = 26;

export const left = MARGIN;
export const widthOf = (doc: Doc): number => doc.page.width - 2 * MARGIN;
const bottomOf = (doc: Doc): number => doc.page.height - MARGIN - FOOT;

/** Puts the foot with its number on every page; nothing may be drawn afterwards. */
export function numberPages(doc: Doc, of: { readonly title: string; readonly madeMs: number }): void {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    // Text below the margin would begin a new page.
    doc.page.margins.bottom = 0;
    const at = doc.page.height - MARGIN - 8;
    doc.font(PLAIN).fontSize(7).fillColor(MUTED);
    const words = `${of.title}, made ${utcTime(of.madeMs)} UTC`;
    doc.text(words, left, at, { width: widthOf(doc) - 80, height: 9, ellipsis: true, lineBreak: false });
    const number = `Page ${page + 1} of ${count}`;
    doc.text(number, left, at, { width: widthOf(doc), align: 'right', lineBreak: false });
  }
}

/** Begins a new page where less than `height` is left. */
export function keepTogether(doc: Doc, height: number): void {
  if (doc.y + height <= bottomOf(doc)) return;
  doc.addPage();
  doc.y = MARGIN;
}

export function section(doc: Doc, title: string, least = 60): void {
  keepTogether(doc, TITLE_SIZE + 16 + least);
  doc.moveDown(0.9);
  doc.font(BOLD).fontSize(TITLE_SIZE).fillColor(INK);
  doc.text(title, left, doc.y, { width: widthOf(doc) });
  doc.moveDown(0.25);
}

export interface ParagraphStyle {
  readonly bold?: boolean;
  readonly muted?: boolean;
  readonly size?: number;
}

export function paragraph(doc: Doc, text: string, style: ParagraphStyle = {}): void {
  const { bold = false, muted = false, size = TEXT_SIZE } = style;
  doc.font(bold ? BOLD : PLAIN).fontSize(size);
  keepTogether(doc, Math.min(120, doc.heightOfString(text, { width: widthOf(doc) })));
  doc.fillColor(muted ? MUTED : INK).text(text, left, doc.y, { width: widthOf(doc) });
}

/** A label and its words in two columns. */
export function fact(doc: Doc, label: string, words: string): void {
  const LABEL = 96;
  doc.font(PLAIN).fontSize(TEXT_SIZE);
  const width = widthOf(doc) - LABEL;
  const height = doc.heightOfString(words, { width });
  keepTogether(doc, Math.min(height, 200));
  const { y } = doc;
  doc.fillColor(MUTED).text(label, left, y, { width: LABEL - 8 });
  doc.fillColor(INK).text(words, left + LABEL, y, { width });
  doc.x = left;
  doc.y = Math.max(doc.y, y + height) + 1.5;
}
