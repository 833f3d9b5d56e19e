import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concerns } from './keys.ts';

test('results of one test make its queries and those of all tests old, not those of another', () => {
  const hint = { entity: 'results', key: 'shop/edge' } as const;
  assert.ok(concerns(hint, ['results', 'shop/edge', { range: '1h' }]));
  assert.ok(concerns(hint, ['results', null, { range: '1h' }]));
  assert.ok(concerns(hint, ['accounting', null]));
  assert.ok(!concerns(hint, ['results', 'net/dns']));
  assert.ok(!concerns(hint, ['events', null]));
});

test('a hint without a key concerns every test, and one of an agent no test', () => {
  assert.ok(concerns({ entity: 'tests', key: null }, ['test', 'shop/edge']));
  assert.ok(concerns({ entity: 'agents', key: 'worker-b-07' }, ['agents', null]));
  assert.ok(!concerns({ entity: 'agents', key: 'worker-b-07' }, ['tests', null]));
});
