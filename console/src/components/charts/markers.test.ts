import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeMarkers } from './markers.ts';

test('markers close to one another become a count, and stay red if one of them is', () => {
  const placed = placeMarkers(
    [
      { ms: 300, text: 'c', bad: false },
      { ms: 100, text: 'a', bad: false },
      { ms: 130, text: 'b', bad: true },
    ],
    (ms) => ms,
  );
  assert.deepEqual(
    placed.map(({ x, text, count, bad }) => [x, text, count, bad]),
    [
      [100, '2 events', 2, true],
      [300, 'c', 1, false],
    ],
  );
});
