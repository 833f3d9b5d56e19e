import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Brush, type Brushed, type BrushInput, brushed, chosen, NO_BRUSH } from './brush.ts';

const STEPS = 10;
const key = (name: string, shift = false): BrushInput => ({ type: 'key', key: name, shift });

/** What the last of some inputs leads to. */
function after(...inputs: readonly BrushInput[]): Brushed | null {
  let brush: Brush = NO_BRUSH;
  let last: Brushed | null = null;
  for (const input of inputs) {
    last = brushed(brush, input, STEPS);
    brush = last?.brush ?? brush;
  }
  return last;
}

test('dragging in either direction zooms into the steps that it went over', () => {
  const run = { first: 2, end: 6 };
  const ways = [
    [2, 5],
    [5, 2],
  ] as const;
  for (const [from, to] of ways) {
    const drag = after({ type: 'press', step: from }, { type: 'move', step: to }, { type: 'release' });
    assert.deepEqual(drag, { brush: NO_BRUSH, zoom: run });
  }
});

test('a press without a drag leaves the cursor there and zooms into nothing', () => {
  const click = after({ type: 'press', step: 4 }, { type: 'release' });
  assert.deepEqual(click, { brush: { cursor: 4, anchor: null, isDragging: false } });
});

test('the pointer may leave the chart while it drags', () => {
  assert.equal(after({ type: 'move', step: 4 }, { type: 'leave' })?.brush.cursor, null);
  const away = after({ type: 'press', step: 4 }, { type: 'move', step: 6 }, { type: 'leave' });
  assert.deepEqual(chosen(away?.brush ?? NO_BRUSH), { first: 4, end: 7 });
});

test('Shift and arrows choose, Enter zooms, and a move without Shift drops the choice', () => {
  const choice = [key('ArrowLeft'), key('ArrowLeft', true), key('ArrowLeft', true)];
  assert.deepEqual(chosen(after(...choice)?.brush ?? NO_BRUSH), { first: 7, end: 10 });
  assert.deepEqual(after(...choice, key('Enter'))?.zoom, { first: 7, end: 10 });
  assert.equal(chosen(after(...choice, key('ArrowLeft'))?.brush ?? NO_BRUSH), null);
  assert.equal(after(key('End'), key('Enter')), null, 'one step alone is no choice');
});

test('Escape drops a choice first, and then leads out of the zoom; Z does at once', () => {
  const choice = [key('Home'), key('ArrowRight', true)];
  assert.equal(after(...choice, key('Escape'))?.back, undefined);
  assert.equal(after(...choice, key('Escape'), key('Escape'))?.back, true);
  assert.equal(after(key('z'))?.back, true);
  assert.equal(after(key('x')), null);
});
