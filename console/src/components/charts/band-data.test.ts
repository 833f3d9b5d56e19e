import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results, Series } from '@streamswarm/contract/wire/views';
import { bandData, bandSummary, reaching, whyEmpty } from './band-data.ts';

const series: Series = {
  agent: null,
  destination: null,
  n: [10, 0],
  min: [1, null],
  mean: [2, null],
  p50: [2, null],
  p95: [3, null],
  p99: [4, null],
  max: [5, null],
  selfError: [null, null],
  sent: [10, 0],
  lost: [1, 0],
  ok: [1, 0],
  lostSlots: [0, 0],
  error: [0, 2],
  denied: [0, 0],
  dropped: [0, 3],
};
const results: Results = {
  probe: 'icmp',
  metric: 'rtts_seconds',
  unit: 'seconds',
  from: '2026-11-24T10:00:00.000Z',
  to: '2026-11-24T10:00:20.000Z',
  stepSeconds: 10,
  steps: 2,
  level: 'raw',
  series: [series],
};
const names = (data: ReturnType<typeof bandData>): string[] => data.layers.map(({ name }) => name);

test('distributions have percentiles, gauges their mean and largest', () => {
  assert.deepEqual(names(bandData(results, series)), ['p50', 'p95', 'p99']);
  assert.deepEqual(names(bandData(results, series, 'gauge')), ['mean', 'max']);
  assert.deepEqual(names(bandData(results, { ...series, p95: [null, null] })), ['mean', 'max']);
});

test('an axis that reaches now gets whole steps more, and never fewer', () => {
  const later = reaching(results, Date.parse('2026-11-24T10:00:41Z'));
  assert.deepEqual([later.steps, later.to], [5, '2026-11-24T10:00:50.000Z']);
  assert.equal(reaching(results, Date.parse(results.to)), results);
});

test('a chart is said in a sentence, and an empty step by its slots', () => {
  assert.equal(
    bandSummary('Round trip', bandData(results, series), String),
    'Round trip: p50 now 2, at most 2; p95 now 3, at most 3; p99 now 4, at most 4. Lost 1 of 10.',
  );
  assert.equal(whyEmpty(series, 1), '2 slots in error, 3 slots dropped');
});
