import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentsWithout } from './result-parameters.ts';

test('agents to leave out are a list with commas, and none is none', () => {
  assert.deepEqual(agentsWithout({ without: 'worker-1,worker-2' }), ['worker-1', 'worker-2']);
  for (const query of [{}, { without: '' }, { without: ',' }]) assert.deepEqual(agentsWithout(query), []);
});
