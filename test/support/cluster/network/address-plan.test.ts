import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressPlan, MOST_LABS, MOST_NODES } from './address-plan.ts';

test('the first and the last lab stay within 198.18.0.0/15', () => {
  assert.equal(addressPlan(0).wholeRange, '198.18.0.0/20');
  assert.equal(addressPlan(MOST_LABS - 1).wholeRange, '198.19.240.0/20');
});

test('nodes, services and pods of one lab lie in its range and apart from each other', () => {
  const plan = addressPlan(17);
  assert.equal(plan.wholeRange, '198.19.16.0/20');
  assert.equal(plan.hostAddress, '198.19.16.1');
  assert.equal(plan.nodeAddress(1), '198.19.16.11');
  assert.equal(plan.serviceRange, '198.19.17.0/24');
  assert.equal(plan.podRange, '198.19.24.0/21');
  assert.equal(plan.podRangeOf(1), '198.19.24.0/26');
  assert.equal(plan.podRangeOf(6), '198.19.25.64/26');
  assert.equal(plan.podRangeOf(MOST_NODES), '198.19.31.192/26');
});

test('a node too many is refused', () => {
  assert.throws(() => addressPlan(0).nodeAddress(MOST_NODES + 1), RangeError);
});
