import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { standaloneIdentity } from './standalone-identity.ts';

test('the id is made once and survives, a torn file is replaced', async (t) => {
  const stateDir = await mkdtemp(join(tmpdir(), 'agent-id-'));
  t.after(() => rm(stateDir, { recursive: true }));
  const start = (newId: () => string) => standaloneIdentity({ stateDir, name: 'edge', newId });
  const first = await start(randomUUID);
  assert.deepEqual([first.name, await first.sessionHeaders()], ['edge', {}]);
  assert.equal((await start(randomUUID)).agentId, first.agentId);
  await writeFile(join(stateDir, 'identity.json'), '{"agentI');
  const made = '00000000-0000-4000-8000-000000000001';
  assert.equal((await start(() => made)).agentId, made);
});
