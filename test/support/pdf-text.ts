import { inflateSync } from 'node:zlib';

export interface PdfText {
  /** Lines of text in the order in which they were drawn. */
  readonly lines: readonly string[];
  readonly pages: number;
  /** Strokes and fills. */
  readonly paths: number;
}

const WIN_ANSI = new TextDecoder('windows-1252');

/** Text of a PDF file with the standard fonts, as pdfkit writes it: one TJ array of hexadecimal strings a line. */
export function readPdf(file: Uint8Array): PdfText {
  const bytes = Buffer.from(file);
  const text = bytes.toString('latin1');
  if (!text.startsWith('%PDF-') || !text.trimEnd().endsWith('%%EOF')) throw new Error('not a whole PDF file');
  const drawn = [...text.matchAll(/stream\r?\n/g)]
    .filter((match) => !text.slice(match.index - 3, match.index).startsWith('end'))
    .map((match) => {
      const begin = match.index + match[0].length;
      return inflated(bytes.subarray(begin, text.indexOf('endstream', begin)));
    })
    .join('\n');
  return {
    lines: [...drawn.matchAll(/\[([^\]]*)\] TJ/g)].map((match) => lineOf(match[1] ?? '')),
    pages: [...text.matchAll(/\/Type \/Page\b(?!s)/g)].length,
    paths: [...drawn.matchAll(/^(?:S|f)$/gm)].length,
  };
}

function inflated(stream: Buffer): string {
  try {
    return inflateSync(stream).toString('latin1');
  } catch {
    // A stream that is not compressed, or no text at all.
    return stream.toString('latin1');
  }
}

function lineOf(array: string): string {
  const hex = [...array.matchAll(/<([0-9a-fA-F]*)>/g)].map((match) => match[1] ?? '').join('');
  return WIN_ANSI.decode(Buffer.from(hex, 'hex'));
}
