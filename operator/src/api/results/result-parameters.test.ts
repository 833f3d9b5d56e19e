import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentsWithout, stepWish } from './result-parameters.ts';

test('agents to leave out are a list with commas, and none is none', () => {
  assert.deepEqual(agentsWithout({ without: 'worker-1,worker-2' }), ['worker-1', 'worker-2']);
  for (const query of [{}, { without: '' }, { without: ',' }]) assert.deepEqual(agentsWithout(query), []);
});

test('the whole window is one step, so that no other step can be asked for', () => {
  assert.deepEqual(stepWish({ whole: true }), { isWhole: true, pixels: 600, stepMs: null });
  assert.deepEqual(stepWish({ step: '10s', width: 50 }), { isWhole: false, pixels: 50, stepMs: 10_000 });
  assert.throws(() => stepWish({ whole: true, step: '10s' }), /whole/);
});
