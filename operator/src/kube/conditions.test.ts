import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Condition, findCondition, setCondition } from './conditions.ts';

const T0 = '2026-01-01T00:00:00Z';
const T1 = '2026-01-01T00:05:00Z';
const ready: Condition = {
  type: 'Ready',
  status: 'Unknown',
  reason: 'Pending',
  message: 'waiting',
  observedGeneration: 1,
  lastTransitionTime: T0,
};
const stalled: Condition = { ...ready, type: 'Stalled', status: 'False', reason: 'Fine', message: '' };
const both = [ready, stalled];

test('an equal wish gives the same array back', () => {
  const { lastTransitionTime: _, ...wish } = ready;
  assert.equal(setCondition(both, wish, T1), both);
});

test('the time moves only with the status', () => {
  const wish = { type: 'Ready', reason: 'Planned', message: 'planned', observedGeneration: 2 };
  const reworded = setCondition(both, { ...wish, status: 'Unknown' }, T1);
  assert.deepEqual(reworded, [{ ...wish, status: 'Unknown', lastTransitionTime: T0 }, stalled]);
  const turned = setCondition(both, { ...wish, status: 'True' }, T1);
  assert.deepEqual(turned, [{ ...wish, status: 'True', lastTransitionTime: T1 }, stalled]);
  assert.equal(both[0], ready, 'the given array is not changed');
});

test('a new condition comes last', () => {
  const wish = { type: 'Complete', status: 'True', reason: 'Done', message: '' } as const;
  assert.deepEqual(setCondition(both, wish, T1), [ready, stalled, { ...wish, lastTransitionTime: T1 }]);
  assert.equal(findCondition(both, 'Complete'), null);
  assert.equal(findCondition(both, 'Stalled'), stalled);
});
