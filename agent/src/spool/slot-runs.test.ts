import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpanSlots } from '@streamswarm/contract/wire/batch';
import { coarsenRuns, joinRuns, runsBySpan, subtractRuns } from './slot-runs.ts';
import { SpooledSlots } from './spooled-slots.ts';

test('neighbours and overlaps join, spans stay apart', () => {
  assert.deepEqual(
    joinRuns([
      [2, 5, 6],
      [1, 4, 5],
      [1, 3, 4],
      [2, 6, 9],
      [1, 7, 8],
      [1, 4, 6],
      [3, 2, 2],
    ]),
    [
      [1, 3, 6],
      [1, 7, 8],
      [2, 5, 9],
    ],
  );
});

test('a list too long is coarsened at its narrowest gaps', () => {
  const runs = joinRuns([
    [1, 0, 1],
    [1, 2, 3],
    [1, 13, 14],
    [2, 0, 1],
    [2, 6, 7],
  ]);
  assert.deepEqual(coarsenRuns(runs, 5), runs);
  assert.deepEqual(coarsenRuns(runs, 3), [
    [1, 0, 3],
    [1, 13, 14],
    [2, 0, 7],
  ]);
});

test('subtracting leaves what nobody has', () => {
  const taken = runsBySpan([
    [1, 2, 4],
    [1, 6, 7],
  ]).get(1);
  assert.deepEqual(subtractRuns([{ first: 0, end: 10 }], taken ?? []), [
    { first: 0, end: 2 },
    { first: 4, end: 6 },
    { first: 7, end: 10 },
  ]);
  assert.deepEqual(subtractRuns([{ first: 2, end: 4 }], taken ?? []), []);
  assert.deepEqual(subtractRuns([{ first: 3, end: 5 }], []), [{ first: 3, end: 5 }]);
});

test('what lies in the spool is known exactly, also when files leave out of the middle', () => {
  const files = new Map<string, SpanSlots[]>();
  let asked = 0;
  const slots = new SpooledSlots((file) => {
    asked++;
    return files.get(file) ?? [];
  });
  const truth = (): SpanSlots[] => joinRuns([...files.values()].flat());
  for (let i = 0; i < 10_000; i++) {
    const runs: SpanSlots[] = [
      [1, i, i + 1],
      [2, 2 * i, 2 * i + 1],
    ];
    files.set(`f${i}`, runs);
    slots.add(`f${i}`, runs);
  }
  assert.deepEqual(slots.list(), truth());
  assert.equal(asked, 0);
  for (const gone of [0, 1, 2, 70, 500, 501, 5_000, 9_999]) {
    files.delete(`f${gone}`);
    slots.remove(`f${gone}`);
  }
  assert.deepEqual(slots.list(), truth());
  assert.ok(asked < 6 * 64, `${asked} files were asked again`);
  for (let i = 0; i < 10_000; i++) {
    files.delete(`f${i}`);
    slots.remove(`f${i}`);
  }
  assert.deepEqual(slots.list(), []);
  slots.add('again', [[1, 5, 6]]);
  assert.deepEqual(slots.list(), [[1, 5, 6]]);
});
