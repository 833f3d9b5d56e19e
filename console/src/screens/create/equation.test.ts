import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PairView, PlanPreview } from '@streamswarm/contract/wire/views';
import { equationOf } from './equation.ts';

const pair = (periodSeconds: number): PairView => ({
  probe: 'icmp',
  kind: 'icmp',
  destination: 'edge',
  destinationKind: 'host',
  target: 'edge',
  applies: true,
  reason: null,
  periodSeconds,
});
const preview = (pairs: PairView[]): PlanPreview => ({
  valid: true,
  problems: [],
  notices: [],
  agents: 12,
  streams: 180,
  samplesPerSecond: 36,
  packetsPerSecond: 0,
  bytesPerDay: 553_651_200,
  pairs,
  manifest: null,
});
const read = (pairs: PairView[]): string =>
  equationOf(preview(pairs))
    .map(({ sign, value }) => `${sign} ${value}`.trim().replaceAll('\u00a0', ' '))
    .join(' ');

test('the division is written where it comes out', () => {
  assert.equal(read([pair(5), pair(5)]), '12 · 180 ÷ 5 s = 36.0 samples/s → about 554 MB');
});

test('and left out where streams have periods of their own', () => {
  assert.equal(read([pair(5), pair(60)]), '12 · 180 = 36.0 samples/s → about 554 MB');
});
