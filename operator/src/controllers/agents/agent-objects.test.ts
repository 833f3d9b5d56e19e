import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PodObject, podsByNode, streamAgentName } from './agent-objects.ts';

test('names of hosts become names that Kubernetes takes', () => {
  assert.equal(streamAgentName('Host', 'Factory_7.example.NET'), 'factory-7.example.net');
  assert.equal(streamAgentName('Host', '-a-.-b-'), 'a.b');
  assert.equal(streamAgentName('Host', 'Ünïcode'), 'n-code');
  assert.equal(streamAgentName('Host', '___'), 'host');
});

test('of two pods on a node the one that stays counts', () => {
  const pod = (uid: string, deletionTimestamp?: string): PodObject => ({
    metadata: {
      name: uid,
      uid,
      resourceVersion: '1',
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    },
    spec: { nodeName: 'node-1' },
  });
  const ending = pod('old', '2026-12-01T09:00:00Z');
  assert.equal(podsByNode([ending, pod('new')]).get('node-1')?.metadata.uid, 'new');
  assert.equal(podsByNode([pod('new'), ending]).get('node-1')?.metadata.uid, 'new');
  assert.equal(podsByNode([ending]).get('node-1')?.metadata.uid, 'old');
});
