import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestSummary } from '@streamswarm/contract/wire/views';
import { bulkActs } from './bulk-acts.ts';

const of = (name: string, state: TestSummary['state'], run: object | null = null): TestSummary =>
  ({ name, state, run }) as unknown as TestSummary;
const told = (...tests: TestSummary[]) =>
  Object.fromEntries(bulkActs(tests).map(({ key, wish }) => [key, wish.tests.map(({ name }) => name)]));

test('each act is for the tests whose state allows it', () => {
  assert.deepEqual(told(of('a', 'Running'), of('b', 'Complete'), of('c', 'Failed', { result: null })), {
    s: ['a', 'c'],
    r: ['a', 'b', 'c'],
    p: ['a', 'b', 'c'],
  });
});

test('beside a suspended test nothing is started, and that one can be resumed', () => {
  assert.deepEqual(told(of('a', 'Running'), of('b', 'Suspended')), {
    s: ['a'],
    r: [],
    p: ['a'],
    u: ['b'],
  });
});
