import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TracePoint } from '@streamswarm/contract/wire/traces';
import { columnAt, columnsOf, gapsOf, markOf, markRuns } from './strip-cells.ts';

const trace = (atMs: number, rest: Partial<TracePoint> = {}): TracePoint => ({
  at: new Date(atMs).toISOString(),
  outcome: 'ok',
  reason: null,
  hash: 'a',
  hops: 3,
  medians: [],
  changedFrom: null,
  ...rest,
});
const COLUMNS = [
  { fromMs: 0, toMs: 60 },
  { fromMs: 60, toMs: 130 },
  { fromMs: 130, toMs: 190 },
  { fromMs: 400, toMs: 460 },
];

test('a mark reaches to the next one, and never over a gap', () => {
  const columns = columnsOf([trace(0), trace(60), trace(130), trace(400)], 60);
  assert.deepEqual(columns, COLUMNS);
  const between = { fromMs: 190, toMs: 400 };
  assert.deepEqual(gapsOf(columns, { periodMs: 60, endMs: 520 }), [between], 'the next may be on its way');
  assert.deepEqual(gapsOf(columns, { periodMs: 60, endMs: 600 }), [between, { fromMs: 460, toMs: 600 }]);
});

test('a moment leads to its column, in a gap to the nearest one', () => {
  for (const [ms, place] of [
    [-5, 0],
    [59, 0],
    [60, 1],
    [200, 2],
    [390, 3],
    [999, 3],
  ] as const)
    assert.equal(columnAt(COLUMNS, ms), place, `${ms}`);
  assert.equal(columnAt([], 1), -1);
});

test('silence, an error and a path that does not arrive are not the same', () => {
  assert.equal(markOf(trace(0)), 'path');
  assert.equal(markOf(trace(0, { hops: null, outcome: 'lost' })), 'unreached');
  assert.equal(markOf(trace(0, { hash: null, hops: null, outcome: 'lost' })), 'silent');
  assert.equal(markOf(trace(0, { hash: null, hops: null, outcome: 'error' })), 'error');
});

test('neighbours of one path are one run, and a gap parts them', () => {
  const traces = [trace(0), trace(60), trace(130, { hash: 'b' }), trace(400, { hash: 'b' })];
  assert.deepEqual(markRuns(traces, COLUMNS), [
    { first: 0, end: 2, mark: 'path', hash: 'a' },
    { first: 2, end: 3, mark: 'path', hash: 'b' },
    { first: 3, end: 4, mark: 'path', hash: 'b' },
  ]);
});
