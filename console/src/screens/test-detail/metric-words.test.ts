import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricWords } from './metric-words.ts';

for (const [name, words] of [
  ['rtts_seconds', 'round trip'],
  ['download_seconds', 'download'],
  ['download_bits_per_second', 'download rate'],
  ['network_sent_bytes_per_second', 'network sent rate'],
  ['cache_hit_ratio', 'cache hit'],
  ['hops', 'hops'],
] as const) {
  test(`${name} is called ${words}`, () => assert.equal(metricWords(name), words));
}
