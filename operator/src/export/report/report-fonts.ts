import { readFile } from 'node:fs/promises';

/** What of a font pdfkit and the choice of letters need. */
export interface ReportFont {
  readonly file: Buffer;
  hasLetter(codePoint: number): boolean;
}

export interface ReportFonts {
  readonly plain: ReportFont;
  readonly bold: ReportFont;
}

export const FONT_PACKAGE = 'dejavu-fonts-ttf';
/** DejaVu Sans, condensed: as narrow as Helvetica, with Latin, Greek, Cyrillic, arrows and signs. */
export const FONT_FILES = { plain: 'DejaVuSansCondensed.ttf', bold: 'DejaVuSansCondensed-Bold.ttf' } as const;

/** In a bundle the files lie beside it, where the build has copied them; see build/program-images.ts. */
const FOLDER = import.meta.url.endsWith('.ts')
  ? new URL('.', import.meta.resolve(`${FONT_PACKAGE}/ttf/${FONT_FILES.plain}`))
  : new URL('./fonts/', import.meta.url);

export async function readFonts(): Promise<ReportFonts> {
  const [plain, bold] = await Promise.all([readFont(FONT_FILES.plain), readFont(FONT_FILES.bold)]);
  return { plain, bold };
}

async function readFont(name: string): Promise<ReportFont> {
  const [file, { create }] = await Promise.all([readFile(new URL(name, FOLDER)), import('fontkit')]);
  const font = create(file);
  if (font.type !== 'TTF') throw new Error(`${name} is a ${font.type}`);
  return { file, hasLetter: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
}
