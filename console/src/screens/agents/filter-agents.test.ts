import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AGENTS } from '../../../fixtures/agents.ts';
import { countAgents, filterAgents, readAgentTab } from './filter-agents.ts';
import { labelWords, shortLabels } from './labels.ts';

const [first] = AGENTS;
assert.ok(first);
const base = { ...first, online: true, suspended: false, gone: false, labels: {} };
const agents = [
  { ...base, name: 'worker-10', kind: 'Node' as const, node: 'worker-10', labels: { zone: 'b' } },
  { ...base, name: 'worker-9', kind: 'Node' as const, node: 'worker-9', labels: { zone: 'a' } },
  { ...base, name: 'worker-2', kind: 'Node' as const, node: 'worker-2', suspended: true },
  { ...base, name: 'lab', kind: 'Host' as const, node: null, online: false },
  { ...base, name: 'old', kind: 'Node' as const, node: 'old', online: false, gone: true },
];
const names = (q: string, tab: string) =>
  filterAgents(agents, { q, tab: readAgentTab(tab) }).map(({ name }) => name);

test('those not heard come first, the others as people count', () => {
  assert.deepEqual(names('', 'all'), ['lab', 'worker-2', 'worker-9', 'worker-10']);
});

test('tabs, and words in names and labels; who is gone is in no other tab', () => {
  assert.deepEqual(names('', 'nodes'), ['worker-2', 'worker-9', 'worker-10']);
  assert.deepEqual(names('', 'hosts'), ['lab']);
  assert.deepEqual(names('', 'offline'), ['lab']);
  assert.deepEqual(names('', 'suspended'), ['worker-2']);
  assert.deepEqual(names('', 'gone'), ['old']);
  assert.deepEqual(names('zone=b', 'nonsense'), ['worker-10']);
  assert.deepEqual(names('worker !zone=b', 'nodes'), ['worker-2', 'worker-9']);
  assert.deepEqual(
    [...countAgents(agents, 'worker')].filter(([, count]) => count > 0),
    [
      ['All', 3],
      ['Nodes', 3],
      ['Suspended', 1],
    ],
  );
});

test('labels by which people aim stand before those that every node has', () => {
  const labels = {
    'kubernetes.io/os': 'linux',
    'kubernetes.io/hostname': 'w',
    'topology.kubernetes.io/zone': 'b',
    'node-role.kubernetes.io/control-plane': '',
  };
  assert.deepEqual(shortLabels(labels), ['control-plane', 'zone=b']);
  assert.deepEqual(labelWords(labels), [
    'node-role.kubernetes.io/control-plane',
    'topology.kubernetes.io/zone=b',
    'kubernetes.io/hostname=w',
    'kubernetes.io/os=linux',
  ]);
});
