import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transferRate } from './transfer-rate.ts';

const first = { bytes: 1_000, atMs: 500 };

test('what had come at the beginning of the time is not counted', () => {
  assert.equal(transferRate(first, { bytes: 251_000, atMs: 2_500 }, 0.02), 1_000_000);
});

test('less than a second, or than ten round trips, is no rate', () => {
  assert.equal(transferRate(first, { bytes: 1e6, atMs: 1_499 }, 0.02), 'too-short');
  assert.equal(transferRate(first, { bytes: 1e6, atMs: 2_500 }, 0.21), 'too-short');
  assert.equal(typeof transferRate(first, { bytes: 1e6, atMs: 2_500 }, 0.2), 'number');
  assert.equal(transferRate(first, first, 0), 'too-short');
});
