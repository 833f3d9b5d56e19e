import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bitRateQuantity,
  diskQuantity,
  formatCount,
  formatLargeCount,
  formatPercent,
  formatSeconds,
  joined,
  memoryQuantity,
  metricQuantity,
} from './numbers.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');

test('times have three significant digits, and a small one is never 0', () => {
  const cases: [number, string][] = [
    [0, '0 ms'],
    [0.000_000_1, '<0.001 ms'],
    [0.000_043_2, '0.043 ms'],
    [0.000_34, '0.34 ms'],
    [0.008_214, '8.21 ms'],
    [0.009_999, '10.0 ms'],
    [0.088_4, '88.4 ms'],
    [0.142_3, '142 ms'],
    [1.273, '1.27 s'],
    [-0.006, '-6.00 ms'],
  ];
  for (const [seconds, expected] of cases) assert.equal(plain(formatSeconds(seconds)), expected);
});

test('counts have comma groups and are shortened from a million on', () => {
  assert.equal(formatCount(15_523_200), '15,523,200');
  assert.equal(plain(formatCount(-1_204)), '-1,204');
  assert.equal(formatLargeCount(999_999), '999,999');
  assert.equal(plain(formatLargeCount(15_523_200)), '15.5 M');
});

test('a share that is not 0 never looks like 0, and one below the whole never like it', () => {
  assert.equal(plain(formatPercent(0)), '0.000 %');
  assert.equal(plain(formatPercent(0.000_000_1)), '<0.001 %');
  assert.equal(plain(formatPercent(6_411 / 15_523_200)), '0.041 %');
  assert.equal(plain(formatPercent(1)), '100.000 %');
  assert.equal(plain(formatPercent(0.999_999_9)), '>99.999 %');
});

test('memory is binary, disk and bits are decimal', () => {
  assert.equal(plain(joined(memoryQuantity(64 * 2 ** 30))), '64.0 GiB');
  assert.equal(plain(joined(diskQuantity(3_900_000_000))), '3.90 GB');
  assert.equal(plain(joined(bitRateQuantity(3_100_000_000))), '3.10 Gbit/s');
  assert.equal(plain(joined(metricQuantity(387_500_000, 'bytes_per_second'))), '3.10 Gbit/s');
  assert.equal(plain(joined(metricQuantity(19_130_000, 'bits_per_second'))), '19.1 Mbit/s');
  assert.equal(plain(joined(metricQuantity(0.214, 'ratio'))), '21.4 %');
  assert.equal(plain(joined(metricQuantity(4_312, 'per_second'))), '4,312/s');
  assert.equal(plain(joined(metricQuantity(0.52, 'load'))), '0.52');
});

test('what lasts for days is said in days', () => {
  const said = [172_799, 90 * 86_400, -3 * 86_400].map((seconds) => plain(formatSeconds(seconds)));
  assert.deepEqual(said, ['172,799 s', '90.0 d', '-3.00 d']);
});
