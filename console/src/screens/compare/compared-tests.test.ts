import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareHref, kindsOf, MOST, probeOfKind, readTests } from './compared-tests.ts';

const pair = (kind: string, over: object = {}) => ({
  probe: kind,
  kind,
  destination: 'd',
  applies: true,
  ...over,
});

test('an address names tests, each once, and what is no name is nothing', () => {
  const tests = [
    { namespace: 'shop', name: 'edge' },
    { namespace: 'net', name: 'mesh' },
  ];
  const [, query = ''] = compareHref(tests).split('tests=');
  assert.deepEqual(readTests(query), tests);
  assert.deepEqual(readTests('shop/edge,edge,shop/edge,,a/b/c,net/mesh'), tests);
  assert.deepEqual(readTests(null), []);
  const many = Array.from({ length: 12 }, (_, i) => `n/t${i}`).join(',');
  assert.equal(readTests(many).length, MOST);
});

test('what most of the tests measure stands first, what is of the agent alone or does not apply is left out', () => {
  const tests = [
    { pairs: [pair('http'), pair('icmp'), pair('host', { destination: null })] },
    { pairs: [pair('icmp', { probe: 'ping' }), pair('tcp', { applies: false })] },
  ];
  assert.deepEqual(kindsOf(tests), ['icmp', 'http']);
  assert.deepEqual(
    tests.map((each) => probeOfKind(each, 'icmp')),
    ['icmp', 'ping'],
  );
  assert.equal(probeOfKind({ pairs: [pair('tcp', { applies: false })] }, 'tcp'), null);
});
