import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowFormat } from './format-rows.ts';

const whole = (format: 'csv' | 'json', columns: string[], ...parts: Record<string, unknown>[][]): string => {
  const rows = rowFormat(format, columns);
  return rows.begin() + parts.map((part) => rows.rows(part)).join('') + rows.end();
};

test('CSV: a header, quoted where needed, null is empty, numbers as they are', () => {
  const row = { a: 'x, "y"\nz', b: null, c: -0.0025, d: [1, 2.5], e: { hop: 'a' } };
  assert.equal(
    whole('csv', ['a', 'b', 'c', 'd', 'e'], [row], [row]).replaceAll(
      '"x, ""y""\nz",,-0.0025,"[1,2.5]","{""hop"":""a""}"\r\n',
      'ROW ',
    ),
    'a,b,c,d,e\r\nROW ROW ',
  );
});

for (const text of ['=1+1', '+1', '-cmd', '@sum(a)', '\tx', '\rx']) {
  test(`CSV: ${JSON.stringify(text)} is no formula`, () => {
    const [, line = ''] = whole('csv', ['a'], [{ a: text }]).split('\r\n');
    assert.ok(line.replace(/^"/, '').startsWith("'"), line);
  });
}

test('JSON: one array over all parts, also of none', () => {
  assert.deepEqual(JSON.parse(whole('json', ['a'])), []);
  assert.deepEqual(JSON.parse(whole('json', ['a'], [{ a: 1 }, { a: null }], [{ a: '=x' }])), [
    { a: 1 },
    { a: null },
    { a: '=x' },
  ]);
});
