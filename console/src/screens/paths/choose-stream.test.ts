import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkPath, PairView } from '@streamswarm/contract/wire/views';
import { chooseStream, destinationsFrom, type Known } from './choose-stream.ts';

const path = (agent: string, destination: string, firstSeen: number): NetworkPath => ({
  hash: `${firstSeen}`,
  agent,
  destination,
  firstSeen: new Date(firstSeen).toISOString(),
  lastSeen: new Date(9).toISOString(),
  traces: 1,
  reached: 1,
  hops: [],
});
const pair = (destination: string, destinationKind: PairView['destinationKind']): PairView => ({
  probe: 'trace',
  kind: 'trace',
  destination,
  destinationKind,
  target: null,
  applies: true,
  reason: null,
  periodSeconds: 60,
});
const KNOWN: Known = {
  agents: ['a', 'b', 'c'],
  pairs: [pair('edge', 'host'), pair('mesh', 'agents'), { ...pair('web', 'url'), probe: 'nearby' }],
  probe: 'trace',
  paths: [path('b', 'edge', 1), path('c', 'mesh/a', 5), path('c', 'mesh/a', 2), path('a', 'edge', 8)],
};
const NOTHING = { agent: null, destination: null };

test('an address that leaves it open shows what changed last', () => {
  assert.deepEqual(chooseStream(NOTHING, KNOWN), { agent: 'c', destination: 'mesh/a' });
  assert.deepEqual(chooseStream({ ...NOTHING, agent: 'b' }, KNOWN), { agent: 'b', destination: 'edge' });
  assert.deepEqual(chooseStream({ ...NOTHING, destination: 'edge' }, KNOWN), {
    agent: 'b',
    destination: 'edge',
  });
});

test('what an address names is shown, whether it was seen or not', () => {
  const asked = { agent: 'x', destination: 'y' };
  assert.deepEqual(chooseStream(asked, KNOWN), asked);
  const unseen = { ...KNOWN, paths: [] };
  assert.deepEqual(chooseStream(NOTHING, unseen), { agent: 'a', destination: 'edge' });
  assert.equal(chooseStream(NOTHING, { ...unseen, agents: [] }), null);
});

test('a mesh leads to each other agent', () => {
  assert.deepEqual(destinationsFrom('b', KNOWN), ['edge', 'mesh/a', 'mesh/c']);
});
