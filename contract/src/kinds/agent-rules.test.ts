import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentProblems } from './agent-rules.ts';

test('a node has its name, a host has none, and neither becomes the other', () => {
  const paths = (...args: Parameters<typeof agentProblems>) => agentProblems(...args).map(({ path }) => path);
  assert.deepEqual(paths({ kind: 'Node', nodeName: 'worker-1' }, null), []);
  assert.deepEqual(paths({ kind: 'Host' }, null), []);
  assert.deepEqual(paths({ kind: 'Node' }, null), ['spec.nodeName']);
  assert.deepEqual(paths({ kind: 'Host', nodeName: 'worker-1' }, null), ['spec.nodeName']);
  assert.deepEqual(paths({ kind: 'Host' }, { kind: 'Node', nodeName: 'worker-1' }), ['spec.kind']);
});
