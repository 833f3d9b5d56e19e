import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_RETENTION, keptFrom, shorterThanFiner } from './retention.ts';

const NOW = Date.parse('2026-12-10T15:00:00Z');
const kept = (...[level, days]: [Parameters<typeof keptFrom>[0], number]): string =>
  new Date(keptFrom(level, days, NOW)).toISOString().slice(0, 10);

test('days go as a whole, and months as a whole', () => {
  assert.equal(kept('raw', 7), '2026-12-03');
  assert.equal(kept('1m', 30), '2026-11-10');
  assert.equal(kept('10m', 10), '2026-11-01', 'the last hours of November are not ten days old');
  assert.equal(kept('1h', 400), '2025-11-01');
  assert.equal(keptFrom('raw', 7, Date.parse('2026-12-10T00:00:00Z')), Date.parse('2026-12-03T00:00:00Z'));
});

test('a coarser level is kept no shorter', () => {
  assert.equal(shorterThanFiner(DEFAULT_RETENTION), null);
  assert.equal(shorterThanFiner({ raw: 9, '1m': 9, '10m': 9, '1h': 9 }), null);
  const wrong = shorterThanFiner({ raw: 7, '1m': 30, '10m': 20, '1h': 730 });
  assert.deepEqual([wrong?.level, wrong?.finer], ['10m', '1m']);
  assert.match(wrong?.message ?? '', /at least 30, the days of 1m/);
});
