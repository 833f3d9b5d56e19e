import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsCluster } from './needs-cluster.ts';

const edge = { name: 'edge', host: 'edge.example.net' };

test('Services and nodes need a cluster; hosts, meshes and agents by label do not', () => {
  assert.deepEqual(
    needsCluster({
      destinations: [edge, { name: 'mesh', agents: {} }],
      sources: { agents: { matchLabels: { site: 'factory-7' } } },
    }),
    [],
  );
  const problems = needsCluster({
    destinations: [edge, { name: 'checkout', service: { name: 'checkout' } }],
    sources: { nodeSelector: {}, nodes: ['worker-1'] },
  });
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['spec.destinations[1].service', 'spec.sources.nodeSelector', 'spec.sources.nodes'],
  );
  for (const { message } of problems) assert.match(message, /this operator runs without one: use /);
});
