import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Column, tableLines } from './table.ts';

interface Row {
  readonly name: string;
  readonly n: number;
}
const COLUMNS: readonly Column<Row>[] = [
  { head: 'NAME', cell: ({ name }) => name },
  { head: 'N', right: true, cell: ({ n }) => String(n) },
  { head: 'MORE', wide: true, cell: () => 'x' },
];

test('columns are as wide as their longest cell, numbers stand right', () => {
  const rows = [
    { name: 'edge', n: 5 },
    { name: 'a', n: 1_200 },
  ];
  assert.deepEqual(tableLines(COLUMNS, rows), ['NAME      N', 'edge      5', 'a      1200']);
  assert.equal(tableLines(COLUMNS, rows, true)[0], 'NAME      N   MORE');
});

test('a name cannot move the cursor', () => {
  assert.equal(tableLines(COLUMNS, [{ name: '\u001b[2Ja\nb', n: 1 }])[1], '\ufffd[2Ja\ufffdb   1');
});
