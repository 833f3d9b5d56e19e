import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_LETTER, pdfText } from './pdf-text.ts';
import { readFonts } from './report-fonts.ts';

const { plain, bold } = await readFonts();

for (const [what, given, shown] of [
  ['letters of Western Europe stay', 'Prüfung – 5 €, 12\u00a0ms', 'Prüfung – 5 €, 12\u00a0ms'],
  ['Greek, Cyrillic and signs stay', 'Ωμέγα Проверка \u22121.5\u00a0ms ≤ ±2 µs', null],
  ['arrows stay', 'a \u2192 b \u2190 c \u21c4 d', null],
  ['letters that the fonts lack are marked, one mark a letter', '中文 🙂', '\ufffd\ufffd \ufffd'],
  ['what nobody sees goes', 'a\u200db\u202ec\ufe0f\u00add', 'abcd'],
  ['half a letter is marked', 'a\ud83d', 'a\ufffd'],
  ['control characters are a space', 'a\r\nb\u0000c', 'a b c'],
  ['a letter in two parts is one', 'u\u0308', 'ü'],
] as const) {
  for (const [weight, font] of Object.entries({ plain, bold })) {
    test(`${what}, ${weight}`, () => {
      assert.equal(pdfText(given, font.hasLetter), shown ?? given);
    });
  }
}

test('both fonts have the mark itself', () => {
  assert.equal(pdfText(NO_LETTER, plain.hasLetter), NO_LETTER);
  assert.ok(bold.hasLetter(NO_LETTER.codePointAt(0) ?? 0));
});
