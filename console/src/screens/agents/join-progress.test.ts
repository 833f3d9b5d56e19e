import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinProgress } from './join-progress.ts';

const agents = [{ id: 'a1', name: 'factory', online: true }];

test('a host is here once the agent of its token is, not when its token is used', () => {
  assert.deepEqual(joinProgress(undefined, agents), { kind: 'waiting' });
  assert.deepEqual(joinProgress({ state: 'open', agentId: null }, agents), { kind: 'waiting' });
  assert.deepEqual(joinProgress({ state: 'used', agentId: 'a2' }, agents), { kind: 'joined' });
  assert.deepEqual(joinProgress({ state: 'used', agentId: 'a1' }, agents), {
    kind: 'here',
    name: 'factory',
    online: true,
  });
  assert.deepEqual(joinProgress({ state: 'expired', agentId: null }, agents), {
    kind: 'over',
    state: 'expired',
  });
});
