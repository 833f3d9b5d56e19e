import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Histogram, histogramOf, mergeHistograms } from '@streamswarm/contract';
import { mergePacked } from './packed-histograms.ts';

/** What Postgres writes for an int4[]. */
function arrayOut(histogram: Histogram): string {
  return `{${histogram.join(',')}}`;
}

test('packed histograms add up as unpacked ones do', () => {
  const histograms = [[0, 0.001, 0.0011, 5], [0.001, 0.002, 7_000], [], [0], [5], [1e-11, 1e30, 1e30]].map(
    histogramOf,
  );
  assert.deepEqual(mergePacked(histograms.map(arrayOut).join('')), mergeHistograms(histograms));
  for (const one of histograms) assert.deepEqual(mergePacked(arrayOut(one)), one);
});

test('no histogram is an empty one', () => {
  assert.deepEqual(mergePacked(null), []);
  assert.deepEqual(mergePacked(arrayOut([])), []);
});
