import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pdfText } from './pdf-text.ts';

for (const [what, given, shown] of [
  ['letters of Western Europe stay', 'Prüfung – 5 €, 12\u00a0ms', 'Prüfung – 5 €, 12\u00a0ms'],
  ['a true minus is a hyphen', '\u22121.5\u00a0ms', '-1.5\u00a0ms'],
  ['an arrow is a word', 'a \u2192 b', 'a to b'],
  ['letters that the fonts lack are marked, one mark a letter', '中文 🙂', '?? ?'],
  ['control characters are a space', 'a\r\nb\u0000c', 'a b c'],
  ['a letter in two parts is one', 'u\u0308', 'ü'],
] as const) {
  test(what, () => {
    assert.equal(pdfText(given), shown);
  });
}
