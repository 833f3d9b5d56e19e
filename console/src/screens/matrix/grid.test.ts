import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Matrix, MatrixCell } from '@streamswarm/contract/wire/matrix';
import { type Grid, gridOf, MOST_SIDE, turnedRound, valuesOf } from './grid.ts';

const EMPTY = { n: 0, min: null, mean: null, p50: null, p95: null, p99: null, max: null };
const SLOTS = { sent: 0, lost: 0, ok: 0, lostSlots: 0, error: 0, denied: 0, dropped: 0 };

const cell = (agent: string, destination: string, rest: Partial<MatrixCell>): MatrixCell => ({
  agent,
  destination,
  ...EMPTY,
  ...SLOTS,
  ...rest,
});

function matrix(cells: MatrixCell[]): Matrix {
  const names = (of: (cell: MatrixCell) => string | null) => [...new Set(cells.flatMap((c) => of(c) ?? []))];
  return {
    probe: 'icmp',
    metric: 'rtts_seconds',
    unit: 'seconds',
    from: '2026-11-27T10:00:00Z',
    to: '2026-11-27T10:15:00Z',
    level: 'raw',
    agents: names((c) => c.agent).toSorted(),
    destinations: names((c) => c.destination).toSorted(),
    cells,
  };
}

const MESH = matrix([
  cell('a', 'mesh/b', { n: 5, p95: 0.001, sent: 5, ok: 5 }),
  cell('a', 'mesh/c', { n: 5, p95: 0.002, sent: 10, lost: 5, ok: 5 }),
  cell('b', 'mesh/a', { n: 5, p95: 0.009, sent: 5, ok: 5 }),
  cell('b', 'mesh/c', {}),
  cell('c', 'mesh/a', { error: 3 }),
]);

test('the worst stands first, down and across; what only failed is worse than any value', () => {
  const { rows, columns } = gridOf(MESH, { stat: 'p95', order: 'worst' });
  assert.deepEqual(
    rows.map(({ agent }) => agent),
    ['c', 'b', 'a'],
  );
  assert.deepEqual(
    columns.map(({ label }) => label),
    ['a', 'c', 'b'],
  );
  assert.deepEqual(
    rows.map(({ squares }) => squares.map(({ kind }) => kind)),
    [
      ['null', 'itself', 'none'],
      ['value', 'none', 'itself'],
      ['itself', 'value', 'value'],
    ],
  );
});

test('turned round, destinations stand down, and twice turned it is as before', () => {
  const grid = gridOf(MESH, { stat: 'p95', order: 'name' });
  const { rows, columns } = turnedRound(grid);
  assert.deepEqual(
    columns.map(({ label }) => label),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(
    rows.map(({ agent, squares }) => [
      agent,
      ...squares.map((each) => (each.kind === 'value' ? each.value : each.kind)),
    ]),
    [
      ['a', 'itself', 0.009, 'null'],
      ['b', 0.001, 'itself', 'none'],
      ['c', 0.002, 'none', 'itself'],
    ],
  );
  const squares = (of: Grid) => of.rows.map((row) => row.squares);
  assert.deepEqual(squares(turnedRound(turnedRound(grid))), squares(grid));
});

test('by name, loss is a share of what was sent, and unknown where nothing was', () => {
  const grid = gridOf(MESH, { stat: 'loss', order: 'name' });
  assert.deepEqual(
    grid.rows.map(({ agent }) => agent),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(valuesOf(grid), [0, 0.5, 0]);
});

test('what has no value says why, and never looks like 0', () => {
  const [a, , c] = gridOf(MESH, { stat: 'p95', order: 'name' }).rows;
  assert.deepEqual(a?.squares[0], { kind: 'itself' });
  const failed = c?.squares[0];
  assert.equal(failed?.kind === 'null' && failed.reason, '3 slots in error');
});

test('destinations that are not of one mesh keep their whole names', () => {
  const grid = gridOf(matrix([cell('a', 'edge', { p95: 1, n: 1 }), cell('a', 'mesh/b', { p95: 2, n: 1 })]), {
    stat: 'p95',
    order: 'name',
  });
  assert.deepEqual(
    grid.columns.map(({ label }) => label),
    ['edge', 'mesh/b'],
  );
});

test('a side has an end, and the worst are inside it', () => {
  const many = matrix(
    Array.from({ length: 200 }, (_, i) => cell(`agent-${String(i).padStart(3, '0')}`, 'x', { n: 1, p95: i })),
  );
  const { rows, allRows } = gridOf(many, { stat: 'p95', order: 'worst' });
  assert.deepEqual([rows.length, allRows, rows[0]?.agent], [MOST_SIDE, 200, 'agent-199']);
});
