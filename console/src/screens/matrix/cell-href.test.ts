import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellHref } from './cell-href.ts';

const query = new URLSearchParams('range=1h&test=x/y&stat=max');
const cell = { test: 'net/mesh', probe: 'icmp', metric: null, agent: 'w 1' };

test('a cell of a mesh leads to the pairs of its source, another to its destination by agent', () => {
  assert.equal(
    cellHref({ ...cell, destination: 'nodes/w2' }, query),
    '/tests/view/?range=1h&test=net/mesh&probe=icmp&dest=nodes&from=w+1',
  );
  assert.equal(
    cellHref({ ...cell, metric: 'ttl', destination: 'edge' }, new URLSearchParams()),
    '/tests/view/?test=net/mesh&probe=icmp&metric=ttl&dest=edge&by=agent',
  );
});
