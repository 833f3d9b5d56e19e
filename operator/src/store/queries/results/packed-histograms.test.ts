import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Histogram, histogramOf, mergeHistograms } from '@streamswarm/contract';
import { mergePacked } from './packed-histograms.ts';

/** What Postgres sends for an int4[]. */
function arraySend(histogram: Histogram): Buffer {
  const elements = histogram.flatMap((value) => [4, value]);
  const dimension = histogram.length === 0 ? [] : [histogram.length, 1];
  const words = [dimension.length === 0 ? 0 : 1, 0, 23, ...dimension, ...elements];
  const bytes = Buffer.alloc(words.length * 4);
  for (const [i, word] of words.entries()) bytes.writeInt32BE(word, i * 4);
  return bytes;
}

test('packed histograms add up as unpacked ones do', () => {
  const histograms = [[0, 0.001, 0.0011, 5], [0.001, 0.002, 7_000], [], [0], [5]].map(histogramOf);
  assert.deepEqual(mergePacked(Buffer.concat(histograms.map(arraySend))), mergeHistograms(histograms));
  for (const one of histograms) assert.deepEqual(mergePacked(arraySend(one)), one);
});

test('bytes that do not begin at a whole word are read too', () => {
  const one = histogramOf([0.001, 0.002]);
  const askew = Buffer.concat([Buffer.alloc(3), arraySend(one)]).subarray(3);
  assert.deepEqual(mergePacked(askew), one);
});

test('no histogram is an empty one', () => {
  assert.deepEqual(mergePacked(null), []);
  assert.deepEqual(mergePacked(arraySend([])), []);
});
