import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { isNodeAgentId, nodeAgentId } from './agent-id.ts';

test('the id of a node is for ever: series are keyed by it', () => {
  // printf 'streamswarm agent of node worker-1' | sha256sum, with version 8 and the variant of RFC 9562 put in
  assert.equal(nodeAgentId('worker-1'), '12205393-de05-851d-b2a8-a6d6dca655cc');
});

test('nodes have ids of their own, which no random id can be', () => {
  const ids = new Set(Array.from({ length: 1_000 }, (_, i) => nodeAgentId(`worker-${i}`)));
  assert.equal(ids.size, 1_000);
  for (const id of ids) assert.ok(isNodeAgentId(id), id);
  for (let i = 0; i < 1_000; i++) assert.ok(!isNodeAgentId(randomUUID()));
});
