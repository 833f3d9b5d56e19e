import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheHit, databaseSeconds } from './read-headers.ts';

const caches: [headers: Record<string, string>, expected: 0 | 1 | null][] = [
  [{}, null],
  [{ 'cache-status': 'ExampleCache; hit' }, 1],
  [{ 'cache-status': 'Origin; hit; ttl=3, Edge; fwd=uri-miss; stored' }, 0],
  [{ 'cache-status': 'Origin; fwd=miss, Edge; hit; ttl=1100' }, 1],
  [{ 'cache-status': 'Edge' }, null],
  [{ 'cache-status': 'Edge; fwd=miss', age: '12' }, 0],
  [{ 'x-cache': 'Hit from cloudfront' }, 1],
  [{ 'x-cache': 'MISS, HIT' }, 1],
  [{ 'x-cache': 'TCP_MISS' }, null],
  [{ 'x-cache': 'Miss from cloudfront' }, 0],
  [{ age: '31' }, 1],
  [{ age: '0' }, null],
  [{ age: 'old' }, null],
];
for (const [headers, expected] of caches) {
  test(`cache of ${JSON.stringify(headers)} is ${expected}`, () => assert.equal(cacheHit(headers), expected));
}

const timings: [text: string | undefined, expected: number | null][] = [
  [undefined, null],
  ['db;dur=50', 0.05],
  ['cache;desc="db";dur=1, app;dur=47.2', null],
  ['db;desc="first";dur=10, app;dur=3, DB;dur=5', 0.015],
  ['db', null],
  ['db;dur=soon', null],
  ['db;dur=', null],
];
for (const [text, expected] of timings) {
  test(`database time of ${text} is ${expected}`, () =>
    assert.equal(databaseSeconds(text === undefined ? {} : { 'server-timing': text }), expected));
}
