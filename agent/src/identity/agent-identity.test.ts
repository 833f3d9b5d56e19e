import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadAgentId } from './agent-identity.ts';

test('the id is made once and survives, a torn file is replaced', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'agent-id-'));
  t.after(() => rm(dir, { recursive: true }));
  const first = await loadAgentId(dir, randomUUID);
  assert.equal(await loadAgentId(dir, randomUUID), first);
  await writeFile(join(dir, 'identity.json'), '{"agentI');
  assert.equal(
    await loadAgentId(dir, () => '00000000-0000-4000-8000-000000000001'),
    '00000000-0000-4000-8000-000000000001',
  );
});
