import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Series } from '@streamswarm/contract/wire/views';
import { inKeptOrder, keyOfSeries, rankedSeries, sharedAxis } from './ranked-series.ts';

const series = (agent: string, p95: readonly (number | null)[]): Series => ({
  agent,
  destination: null,
  n: p95.map((value) => (value === null ? 0 : 1)),
  min: [...p95],
  mean: [...p95],
  p50: [...p95],
  p95: [...p95],
  p99: [...p95],
  max: [...p95],
  selfError: p95.map(() => null),
  sent: p95.map(() => 1),
  lost: p95.map(() => 0),
  ok: p95.map(() => 1),
  lostSlots: p95.map(() => 0),
  error: p95.map(() => 0),
  denied: p95.map(() => 0),
  dropped: p95.map(() => 0),
});
const agents = (ranked: ReturnType<typeof rankedSeries>) => ranked.map((each) => each.series.agent);

test('the highest newest value comes first, and who has none last', () => {
  const ranked = rankedSeries([series('a', [9, 1]), series('b', [null]), series('c', [0.5, 2, null])]);
  assert.deepEqual(agents(ranked), ['c', 'a', 'b']);
});

test('the order stays while it is kept, and who is new comes behind', () => {
  const kept = rankedSeries([series('a', [1]), series('b', [2])]).map((each) => keyOfSeries(each.series));
  const later = rankedSeries([series('a', [3]), series('b', [2]), series('c', [9]), series('d', [8])]);
  assert.deepEqual(agents(inKeptOrder(later, kept)), ['b', 'a', 'c', 'd']);
  assert.deepEqual(agents(inKeptOrder(later, [])), agents(later));
  assert.deepEqual(agents(inKeptOrder(later.slice(0, 1), kept)), ['c']);
});

test('the scale is that of what is drawn', () => {
  const [small, large] = [series('a', [0.01]), series('b', [2])];
  assert.ok(sharedAxis([small, large], []) >= 2);
  assert.ok(sharedAxis([small], []) < 0.1);
});
