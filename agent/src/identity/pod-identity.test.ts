import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeAgentId } from '@streamswarm/contract/agent-id/agent-id';
import { podIdentity } from './pod-identity.ts';

test('the agent of a node has the name of the node, and shows the token that is in the file now', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'pod-identity-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const tokenFile = join(dir, 'token');
  const identity = podIdentity({ nodeName: 'worker-1', tokenFile });
  assert.deepEqual([identity.name, identity.agentId], ['worker-1', nodeAgentId('worker-1')]);
  await assert.rejects(identity.sessionHeaders(), /cannot be read/);
  writeFileSync(tokenFile, 'first.token\n');
  assert.deepEqual(await identity.sessionHeaders(), { authorization: 'Bearer first.token' });
  writeFileSync(tokenFile, 'second.token');
  assert.deepEqual(await identity.sessionHeaders(), { authorization: 'Bearer second.token' });
  for (const wrong of ['', '\n', 'secret-one\nsecret-two']) {
    writeFileSync(tokenFile, wrong);
    await assert.rejects(identity.sessionHeaders(), (error: Error) => {
      assert.match(error.message, /holds no token/);
      assert.ok(!error.message.includes('secret'));
      return true;
    });
  }
});
