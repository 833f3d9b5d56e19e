import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangeLabel, rangeParameters, rangeWindow, readRange } from './range.ts';

const read = (query: string) => readRange(new URLSearchParams(query));

test('a link without a range shows the default, and so does one that cannot be read', () => {
  for (const query of ['', 'range=soon', 'range=1s', 'from=2026-11-24T10:00:00Z', 'from=x&to=y']) {
    assert.deepEqual(rangeParameters(read(query)), { range: '15m' }, query);
  }
});

test('a relative range moves with the clock, an absolute one does not', () => {
  assert.deepEqual(rangeWindow(read('range=1h'), 10_000_000), { fromMs: 6_400_000, toMs: 10_000_000 });
  const fixed = read('from=2026-11-24T09:24:00Z&to=2026-11-24T10:24:00%2B00:00');
  assert.deepEqual(rangeParameters(fixed), {
    from: '2026-11-24T09:24:00.000Z',
    to: '2026-11-24T10:24:00.000Z',
  });
  assert.deepEqual(rangeWindow(fixed, 0), rangeWindow(fixed, 1));
  assert.equal(rangeLabel(fixed), '1\u00a0h');
  assert.equal(rangeLabel(read('range=90m')), '1\u00a0h 30\u00a0m');
});

test('an absolute range that ends before it begins is not one', () => {
  assert.equal(read('from=2026-11-24T10:24:00Z&to=2026-11-24T09:24:00Z').kind, 'last');
});

test('days are said as days and asked for in hours', () => {
  for (const [text, hours] of [
    ['3d', '72h'],
    ['7d', '168h'],
    ['30d', '720h'],
    ['72h', '72h'],
  ] as const) {
    assert.deepEqual(rangeParameters(read(`range=${text}`)), { range: hours });
  }
  assert.equal(rangeLabel(read('range=168h')), '7\u00a0d');
  assert.equal(rangeLabel(read('range=24h')), '24\u00a0h');
  assert.equal(rangeLabel(read('from=2026-11-24T00:00:00Z&to=2026-11-27T00:00:00Z')), '3\u00a0d');
});
