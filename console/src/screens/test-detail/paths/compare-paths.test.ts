import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkPath, PathHop } from '@streamswarm/contract/wire/views';
import { isLatest, lossBegins, pathBefore, pathNames } from './compare-paths.ts';

const hop = (ttl: number, address: string | null, lost = 0): PathHop => ({
  ttl,
  address,
  sent: 10,
  lost,
  minSeconds: null,
  medianSeconds: null,
  maxSeconds: null,
  unreachable: null,
});
const path = (agent: string, first: number, last: number): NetworkPath => ({
  hash: `${first}`,
  agent,
  destination: 'edge',
  firstSeen: new Date(first).toISOString(),
  lastSeen: new Date(last).toISOString(),
  traces: 1,
  reached: 1,
  hops: [],
});

test('paths of a stream are named in the order in which they were first seen', () => {
  const [now, other, old] = [path('a', 5, 9), path('b', 1, 8), path('a', 1, 4)];
  const paths = [now, other, old];
  const names = pathNames(paths);
  assert.deepEqual(
    paths.map((each) => names.get(each)),
    ['B', 'A', 'A'],
  );
  assert.equal(pathBefore(paths, now), old);
  assert.equal(pathBefore(paths, other), null);
  assert.deepEqual(
    paths.map((each) => isLatest(paths, each)),
    [true, true, false],
  );
});

test('after Z comes AA', () => {
  const paths = Array.from({ length: 28 }, (_, i) => path('a', i, i));
  const names = [...pathNames(paths).values()];
  assert.deepEqual(names.slice(24), ['Y', 'Z', 'AA', 'AB']);
});

test('loss is of the path from where on every answering hop has it', () => {
  assert.equal(lossBegins([hop(1, 'r1'), hop(2, 'r2', 3), hop(3, null, 10), hop(4, 'r4', 1)]), 2);
  assert.equal(lossBegins([hop(1, 'r1', 2), hop(2, 'r2'), hop(3, 'r3')]), null);
  assert.equal(lossBegins([hop(1, null, 10)]), null);
});
