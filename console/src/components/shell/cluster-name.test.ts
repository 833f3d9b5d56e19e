import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterName } from './cluster-name.ts';

test('a random id is a name only where nothing better is known', () => {
  const id = '90b1abb0-f2fd-4932-b688-1e5410bc1f16';
  assert.equal(clusterName({ cluster: id, loopbackOnly: true }), 'this host');
  assert.equal(clusterName({ cluster: id, loopbackOnly: false }), id);
  assert.equal(clusterName({ cluster: 'prod-eu-1', loopbackOnly: true }), 'prod-eu-1');
});
