import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClusterAgent, decideAgentRow } from './decide-agent-row.ts';

const agent: ClusterAgent = {
  id: 'a',
  name: 'node-1',
  kind: 'Node',
  nodeName: 'node-1',
  labels: { zone: 'a' },
  nodeLabels: { zone: 'a' },
  address: '198.18.0.11',
  suspended: false,
  gone: false,
};
const node = { labels: { zone: 'a' }, address: '198.18.0.11' };

test('an agent whose Node and StreamAgent say what is stored stays', () => {
  const around = { node, podAddress: '198.18.0.11', streamAgent: { labels: {}, suspended: false } };
  assert.deepEqual(decideAgentRow(agent, around), { kind: 'keep' });
});

test('labels of people win over those of the Node, and suspend is taken over', () => {
  const streamAgent = { labels: { zone: 'b', team: 'shop' }, suspended: true };
  assert.deepEqual(decideAgentRow(agent, { node, podAddress: '198.18.1.7', streamAgent }), {
    kind: 'set',
    place: {
      labels: { zone: 'b', team: 'shop' },
      nodeLabels: { zone: 'a' },
      address: '198.18.1.7',
      suspended: true,
    },
  });
});

test('without its Node an agent is gone, once; it comes back with its Node', () => {
  const none = { node: null, podAddress: null, streamAgent: null };
  assert.deepEqual(decideAgentRow(agent, none), { kind: 'gone' });
  assert.deepEqual(decideAgentRow({ ...agent, gone: true }, none), { kind: 'keep' });
  assert.equal(
    decideAgentRow({ ...agent, gone: true }, { node, podAddress: null, streamAgent: null }).kind,
    'set',
  );
});

test('a host outside the cluster keeps its address and has no Node', () => {
  const host: ClusterAgent = {
    ...agent,
    kind: 'Host',
    nodeName: null,
    labels: { 'kubernetes.io/hostname': 'node-1' },
    nodeLabels: null,
  };
  assert.deepEqual(decideAgentRow(host, { node: null, podAddress: null, streamAgent: null }), {
    kind: 'keep',
  });
});
