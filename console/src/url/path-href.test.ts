import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathHref } from './path-href.ts';

test('the address of a path keeps the time and leaves out what is open', () => {
  const query = new URLSearchParams('range=6h&test=x/y&tab=paths');
  assert.equal(pathHref({ test: 'net/ways' }, query), '/paths/?range=6h&test=net/ways');
  assert.equal(
    pathHref({ test: 'net/ways', agent: 'w1', destination: 'mesh/w2', probe: 'near' }, new URLSearchParams()),
    '/paths/?test=net/ways&agent=w1&dest=mesh/w2&probe=near',
  );
});
