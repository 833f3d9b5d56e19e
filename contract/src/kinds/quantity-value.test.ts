import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantityValue } from './quantity-value.ts';

test('quantities are read in base units', () => {
  assert.deepEqual(
    ['50ms', '1%', '100M', '1.5s', '2m', '-3us', '0.3k', '50'].map(quantityValue),
    [0.05, 0.01, 1e8, 1.5, 120, -3e-6, 300, 50],
  );
});

test('another unit and nothing are no quantities', () => {
  for (const text of ['5 ms', '5kg', 'ms', '']) assert.equal(quantityValue(text), null, text);
});
