/** Beyond Latin-1, the letters that the standard fonts of PDF have (WinAnsiEncoding, ISO 32000-1, D.2). */
const BEYOND_LATIN_1 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const CONTROL = /\p{Cc}+/gu;

/** Text as the fonts of a report can show it: a true minus becomes a hyphen, a letter they lack a question mark. */
export function pdfText(text: string): string {
  return Array.from(
    text.normalize('NFC').replace(CONTROL, ' ').replaceAll('\u2212', '-').replaceAll('\u2192', 'to'),
  )
    .map((letter) => (isKnown(letter) ? letter : '?'))
    .join('');
}

function isKnown(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN_1.includes(letter);
}

/** `2026-12-01 12:00:05`, in UTC. */
export function utcTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
