import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  histogramCount,
  histogramOf,
  histogramQuantile,
  mergeHistograms,
  RELATIVE_ERROR,
} from './histogram.ts';

/** A small fixed generator, so that a failure can be repeated. */
function* lehmer(seed: number): Generator<number> {
  for (let x = seed; ; ) {
    x = (x * 48_271) % 2_147_483_647;
    yield x / 2_147_483_647;
  }
}

test('quantiles are within the stated relative error, also after merging', () => {
  const random = lehmer(7);
  const values = Array.from({ length: 10_000 }, () => Math.exp(random.next().value * 12 - 14));
  const parts = [values.slice(0, 3_000), values.slice(3_000, 3_001), values.slice(3_001)];
  const merged = mergeHistograms(parts.map(histogramOf));
  assert.deepEqual(merged, histogramOf(values));
  assert.equal(histogramCount(merged), values.length);
  const sorted = values.toSorted((a, b) => a - b);
  for (const q of [0, 0.01, 0.5, 0.95, 0.99, 1]) {
    const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] as number;
    const answer = histogramQuantile(merged, q) as number;
    assert.ok(
      Math.abs(answer - exact) <= exact * RELATIVE_ERROR * 1.0001,
      `q ${q}: ${answer} against ${exact}`,
    );
  }
});

test('zero keeps its place and nothing has no quantile', () => {
  assert.equal(histogramQuantile(histogramOf([0, 0, 5]), 0.5), 0);
  assert.equal(histogramQuantile([], 0.5), null);
});
