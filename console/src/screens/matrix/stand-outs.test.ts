import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Grid, Square } from './grid.ts';
import { medianOf, standOuts } from './stand-outs.ts';

const EMPTY = { n: 1, min: null, mean: null, p50: null, p95: null, p99: null, max: null };
const square = (value: number, lost = 0): Square => ({
  kind: 'value',
  value,
  cell: {
    agent: 'a',
    destination: 'x',
    ...EMPTY,
    sent: 10,
    lost,
    ok: 10,
    lostSlots: 0,
    error: 0,
    denied: 0,
    dropped: 0,
  },
});
const grid = (...squares: Square[]): Grid => ({
  columns: squares.map((_, i) => ({ name: `d${i}`, label: `d${i}`, far: null })),
  rows: [{ agent: 'a', squares }],
  allRows: 1,
  allColumns: squares.length,
});

test('the median is of values, and of none there is none', () => {
  assert.equal(medianOf([]), null);
  assert.equal(medianOf([3]), 3);
  assert.equal(medianOf([4, 1, 2]), 2);
  assert.equal(medianOf([4, 1, 2, 3]), 2.5);
});

test('far above the median or losing: the worst first, the rest is left out', () => {
  const found = standOuts(
    grid(square(1), square(1), square(1.5), square(9), square(1, 3), { kind: 'itself' }),
  );
  assert.deepEqual(
    found.map(({ label, times, loss }) => [label, times, loss]),
    [
      ['d3', 9, 0],
      ['d4', 1, 0.3],
    ],
  );
});

test('against a median of 0 nothing is a multiple', () => {
  assert.deepEqual(
    standOuts(grid(square(0), square(0), square(0.2, 2))).map(({ times }) => times),
    [null],
  );
});
