import { inflateSync } from 'node:zlib';

export interface PdfText {
  /** Lines of text in the order in which they were drawn. */
  readonly lines: readonly string[];
  readonly pages: number;
  /** Straight lines drawn. */
  readonly segments: number;
}

/** Which text a glyph of a font stands for (ToUnicode CMap; ISO 32000-1, 9.10.3). */
type Letters = ReadonlyMap<number, string>;

/** Text of a PDF file with embedded fonts, as pdfkit writes it: one TJ array of hexadecimal strings a line. */
export function readPdf(file: Uint8Array): PdfText {
  const text = Buffer.from(file).toString('latin1');
  if (!text.startsWith('%PDF-') || !text.trimEnd().endsWith('%%EOF')) throw new Error('not a whole PDF file');
  const objects = objectsOf(text);
  const fonts = fontsOf(objects);
  // What is drawn has a stream, and text in it.
  const drawn = [...objects.values()].map(streamOf).filter((stream) => / Tf$/m.test(stream));
  return {
    lines: drawn.flatMap((stream) => linesOf(stream, fonts)),
    pages: [...text.matchAll(/\/Type \/Page\b(?!s)/g)].length,
    segments: drawn.reduce(
      (count, stream) => count + [...stream.matchAll(/^[-0-9.]+ [-0-9.]+ l$/gm)].length,
      0,
    ),
  };
}

/** The text of each object, by its number. */
function objectsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^(\d+) 0 obj\n(.*?)\nendobj$/gms)].map(([, number = '', body = '']) => [number, body]),
  );
}

function streamOf(object: string): string {
  const [, dictionary = '', stream = ''] = /^(.*?)\nstream\n(.*)\nendstream$/s.exec(object) ?? [];
  const isDeflated = dictionary.includes('/FlateDecode');
  return isDeflated ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : stream;
}

/** By the name that pages call them by, which pdfkit gives once in a file. */
function fontsOf(objects: ReadonlyMap<string, string>): ReadonlyMap<string, Letters> {
  const fonts = new Map<string, Letters>();
  for (const object of objects.values()) {
    for (const [, name = '', number = ''] of object.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmap = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number) ?? '')?.[1] ?? '';
      fonts.set(name, lettersOf(streamOf(objects.get(cmap) ?? '')));
    }
  }
  return fonts;
}

function lettersOf(cmap: string): Letters {
  const letters = new Map<number, string>();
  for (const [, first = '', , list = ''] of cmap.matchAll(/<(\w+)> <(\w+)> \[(.*?)\]/g)) {
    const begin = Number.parseInt(first, 16);
    for (const [i, [, units = '']] of [...list.matchAll(/<([^>]*)>/g)].entries()) {
      letters.set(begin + i, utf16(units.replaceAll(' ', '')));
    }
  }
  return letters;
}

function utf16(hex: string): string {
  return String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
}

function linesOf(stream: string, fonts: ReadonlyMap<string, Letters>): string[] {
  const lines: string[] = [];
  let letters: Letters | undefined;
  for (const [, font, array] of stream.matchAll(/^\/(F\d+) [\d.]+ Tf$|^\[(.*)\] TJ$/gm)) {
    if (font !== undefined) letters = fonts.get(font);
    else lines.push(lineOf(array ?? '', letters));
  }
  return lines;
}

function lineOf(array: string, letters: Letters | undefined): string {
  const glyphs = [...array.matchAll(/<([0-9a-fA-F]*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
  return glyphs.map((glyph) => letters?.get(Number.parseInt(glyph, 16)) ?? '').join('');
}
