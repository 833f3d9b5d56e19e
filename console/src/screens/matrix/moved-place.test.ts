import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedPlace } from './moved-place.ts';

const size = { rows: 3, columns: 4 };

test('arrows move by one and stay inside, Home and End go along the row', () => {
  assert.deepEqual(movedPlace('ArrowRight', { row: 0, column: 0 }, size), { row: 0, column: 1 });
  assert.deepEqual(movedPlace('ArrowUp', { row: 0, column: 2 }, size), { row: 0, column: 2 });
  assert.deepEqual(movedPlace('ArrowDown', { row: 2, column: 2 }, size), { row: 2, column: 2 });
  assert.deepEqual(movedPlace('End', { row: 1, column: 0 }, size), { row: 1, column: 3 });
  assert.deepEqual(movedPlace('PageDown', { row: 0, column: 1 }, size), { row: 2, column: 1 });
  assert.equal(movedPlace('x', { row: 0, column: 0 }, size), null);
});
