import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveTo } from './menu-keys.ts';

test('arrows go round, Home and End lead to the ends, other keys nowhere', () => {
  assert.deepEqual(
    ['ArrowDown', 'ArrowUp', 'Home', 'End', 'x'].map((key) => moveTo(key, 2, 3)),
    [0, 1, 0, 2, null],
  );
  assert.equal(moveTo('ArrowUp', -1, 3), 2, 'from outside of the list');
  assert.equal(moveTo('ArrowDown', -1, 0), null);
});
