/** Stands for a letter that the fonts of a report lack; both of them have it. */
export const NO_LETTER = '\ufffd';
const CONTROL = /\p{Cc}+/gu;
/** Joiners, selectors and the like, which nobody sees; before some letters of Africa fontkit fails on them. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;

/** Text as fonts with these letters can show it. */
export function pdfText(text: string, hasLetter: (codePoint: number) => boolean): string {
  const seen = text.normalize('NFC').replace(CONTROL, ' ').replace(INVISIBLE, '');
  return Array.from(seen, (letter) => (hasLetter(letter.codePointAt(0) ?? 0) ? letter : NO_LETTER)).join('');
}

/** `2026-12-01 12:00:05`, in UTC. */
export function utcTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
