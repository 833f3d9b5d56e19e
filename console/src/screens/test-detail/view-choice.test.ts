import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PairView } from '@streamswarm/contract/wire/views';
import { apartsOf, destinationsOf, hostProbeOf, probesOf, readChoice, tracesOf } from './view-choice.ts';

const pair = (probe: string, destination: string | null, applies = true): PairView => ({
  probe,
  kind: probe === 'ping' ? 'icmp' : probe,
  destination,
  destinationKind: destination === null ? null : destination === 'nodes' ? 'agents' : 'host',
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
const read = (query: string, assigned = 1, detail = DETAIL) =>
  readChoice(new URLSearchParams(query), {
    ...detail,
    summary: { agents: { assigned, reporting: assigned } },
  });
const BASE = {
  tab: 'results',
  destination: null,
  probe: 'ping',
  metric: null,
  apart: 'destination',
  from: null,
  off: [],
};

test('only what applies can be chosen, and host stands apart', () => {
  assert.deepEqual(probesOf(DETAIL), ['ping', 'tcp']);
  assert.deepEqual(destinationsOf(DETAIL, 'ping'), ['edge']);
  assert.equal(hostProbeOf(DETAIL), 'host');
});

test('an address that asks for what there is not falls back to the first', () => {
  assert.deepEqual(read(''), BASE);
  assert.deepEqual(read('probe=tcp&dest=checkout&tab=spec&metric=connect_seconds'), {
    ...BASE,
    tab: 'spec',
    destination: 'checkout',
    probe: 'tcp',
    metric: 'connect_seconds',
  });
  assert.deepEqual(read('probe=dns&dest=checkout&tab=maps'), BASE);
});

test('a small mesh is drawn by pair, a larger one by agent, and its pairs agent by agent', () => {
  const mesh = { pairs: [pair('ping', 'nodes'), pair('ping', 'edge')] };
  const apart = (query: string, assigned: number, detail = mesh) => {
    const choice = read(query, assigned, detail);
    return [choice.apart, choice.from];
  };
  assert.deepEqual(apart('', 3), ['pair', null]);
  assert.deepEqual(apart('by=agent', 3), ['agent', null]);
  assert.deepEqual(apart('', 12), ['agent', null]);
  assert.deepEqual(apart('by=pair', 12), ['pair', null]);
  assert.deepEqual(apart('by=pair', 100), ['agent', null], 'thousands of charts help nobody');
  assert.deepEqual(apart('from=worker-1', 100), ['pair', 'worker-1']);
  assert.deepEqual(apart('dest=edge&from=worker-1', 100), ['agent', null], 'no mesh is looked at');
  assert.deepEqual(apart('', 3, DETAIL), ['agent', null]);
});

test('what can be told apart is offered, and nothing that would be one chart', () => {
  assert.deepEqual(apartsOf({ mesh: false, agents: 1, destinations: 1 }), []);
  assert.deepEqual(apartsOf({ mesh: false, agents: 3, destinations: 2 }), ['agent', 'destination']);
  assert.deepEqual(apartsOf({ mesh: true, agents: 100, destinations: 1 }), ['agent'], 'too many pairs');
  assert.equal(read('probe=tcp&by=destination', 3).apart, 'destination');
  assert.equal(read('probe=ping&by=destination', 3).apart, 'agent', 'it has one destination alone');
});

test('agents are off where the small charts are by agent', () => {
  assert.deepEqual(read('off=w-1,w-2', 3).off, ['w-1', 'w-2']);
  assert.deepEqual(read('probe=tcp&by=destination&off=w-1', 3).off, []);
});

test('each destination that is traced has its first trace probe', () => {
  const of = (kind: string, probe: string, destination: string | null, applies = true): PairView => ({
    probe,
    kind,
    destination,
    destinationKind: null,
    target: null,
    applies,
    reason: null,
    periodSeconds: 60,
  });
  const pairs = [
    of('icmp', 'icmp', 'edge'),
    of('trace', 'way', 'edge'),
    of('trace', 'near', 'edge'),
    of('trace', 'near', 'mesh'),
    of('trace', 'way', 'svc', false),
  ];
  assert.deepEqual(
    [...tracesOf({ pairs })],
    [
      ['edge', 'way'],
      ['mesh', 'near'],
    ],
  );
});
