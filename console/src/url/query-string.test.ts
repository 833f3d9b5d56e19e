import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedQuery, splitTestName, withParameters } from './query-string.ts';

test('parameters are set, kept and taken away', () => {
  const query = new URLSearchParams('test=shop/edge&tab=spec&range=1h');
  assert.equal(changedQuery(query, { tab: null, probe: 'icmp' }), 'test=shop/edge&range=1h&probe=icmp');
});

test('names and lists of names stay readable', () => {
  assert.equal(changedQuery(new URLSearchParams('test=a/b'), { off: 'w-1,w-2' }), 'test=a/b&off=w-1,w-2');
});

test('only parameters with a value are sent', () => {
  assert.equal(withParameters('/x', { a: 'b c', d: null, e: undefined, f: 0, g: '' }), '/x?a=b+c&f=0');
  assert.equal(withParameters('/x', {}), '/x');
});

test('a test is named by namespace and name', () => {
  assert.deepEqual(splitTestName('shop/edge'), { namespace: 'shop', name: 'edge' });
  for (const text of [null, '', 'edge', 'a/b/c', '/edge', 'shop/']) assert.equal(splitTestName(text), null);
});
