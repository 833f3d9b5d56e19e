import { inflateSync } from 'node:zlib';

export interface PdfText {
  /** Lines of text in the order in which they were drawn. */
  readonly lines: readonly string[];
  readonly pages: number;
  /** Straight lines drawn. */
  readonly segments: number;
}

/** What 0x80 to 0x9f stand for (ISO 32000-1, D.2); Node's own decoder of windows-1252 leaves them as they are. */
const FROM_80 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

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
    segments: [...drawn.matchAll(/^[-0-9.]+ [-0-9.]+ l$/gm)].length,
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
  return Array.from(Buffer.from(hex, 'hex'), (code) =>
    code >= 0x80 && code < 0xa0 ? (FROM_80[code - 0x80] ?? '') : String.fromCharCode(code),
  ).join('');
}
