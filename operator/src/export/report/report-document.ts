import { BOLD, type Doc, MARGIN, PLAIN } from './page.ts';
import { pdfText } from './pdf-text.ts';
import type { ReportData } from './report-data.ts';
import { type ReportFonts, readFonts } from './report-fonts.ts';

/** An empty document with the fonts of a report. Most operators never make one: what it needs is loaded by the first. */
export async function openDocument({ namespace, name, version, madeMs }: ReportData): Promise<Doc> {
  const [{ default: PDFDocument }, fonts] = await Promise.all([import('pdfkit'), readFonts()]);
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    // The foot of each page tells how many there are.
    bufferPages: true,
    // None, so that pdfkit does not load its Helvetica.
    font: '',
    info: {
      Title: `StreamSwarm: ${namespace}/${name}`,
      Creator: `StreamSwarm ${version}`,
      CreationDate: new Date(madeMs),
    },
  });
  doc.registerFont(PLAIN, fonts.plain.file).registerFont(BOLD, fonts.bold.file);
  showKnownLetters(doc, fonts);
  return doc;
}

/** Whatever is drawn or measured goes through here: a letter that a font lacks would be an empty box that says nothing. */
function showKnownLetters(doc: Doc, { plain, bold }: ReportFonts): void {
  const shown = (text: string): string =>
    pdfText(text, (codePoint) => plain.hasLetter(codePoint) && bold.hasLetter(codePoint));
  const text: Doc['text'] = doc.text.bind(doc);
  const heightOfString: Doc['heightOfString'] = doc.heightOfString.bind(doc);
  doc.text = (words: string, ...rest: unknown[]): Doc => Reflect.apply(text, doc, [shown(words), ...rest]);
  doc.heightOfString = (words, options) => heightOfString(shown(words), options);
}
