import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PairView } from '@streamswarm/contract/wire/views';
import { destinationsOf, hostProbeOf, probesOf, readChoice } from './view-choice.ts';

const pair = (probe: string, destination: string | null, applies = true): PairView => ({
  probe,
  kind: probe === 'ping' ? 'icmp' : probe,
  destination,
  target: destination,
  applies,
  reason: applies ? null : 'a ClusterIP answers no ICMP',
  periodSeconds: 5,
});
const DETAIL = {
  pairs: [
    pair('ping', 'edge'),
    pair('ping', 'checkout', false),
    pair('tcp', 'edge'),
    pair('tcp', 'checkout'),
    pair('host', null),
  ],
};
const read = (query: string) => readChoice(new URLSearchParams(query), DETAIL);

test('only what applies can be chosen, and host stands apart', () => {
  assert.deepEqual(probesOf(DETAIL), ['ping', 'tcp']);
  assert.deepEqual(destinationsOf(DETAIL, 'ping'), ['edge']);
  assert.equal(hostProbeOf(DETAIL), 'host');
});

test('an address that asks for what there is not falls back to the first', () => {
  assert.deepEqual(read(''), { tab: 'results', destination: null, probe: 'ping', metric: null });
  assert.deepEqual(read('probe=tcp&dest=checkout&tab=spec&metric=connect_seconds'), {
    tab: 'spec',
    destination: 'checkout',
    probe: 'tcp',
    metric: 'connect_seconds',
  });
  assert.deepEqual(read('probe=dns&dest=checkout&tab=paths'), {
    tab: 'results',
    destination: null,
    probe: 'ping',
    metric: null,
  });
});
