import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyField } from './copy-text.ts';

test('fields in the text form of COPY (Postgres manual, COPY, "Text Format")', () => {
  for (const [value, field] of [
    [null, '\\N'],
    [undefined, '\\N'],
    [0, '0'],
    [0.25, '0.25'],
    [-(2n ** 63n), '-9223372036854775808'],
    [[0.5, 1e-7], '{0.5,1e-7}'],
    [[], '{}'],
    ['plain', 'plain'],
    ['tab\tline\nreturn\rback\\slash', 'tab\\tline\\nreturn\\rback\\\\slash'],
    ['\\N', '\\\\N'],
    [{ a: 'x\ny' }, '{"a":"x\\\\ny"}'],
  ] as const) {
    assert.equal(copyField(value), field);
  }
});
