import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { needsCluster } from '../support/cluster/lab-needs.ts';
import { leftovers } from '../support/cluster/ownership/leftovers.ts';
import { sweepDeadLabs } from '../support/cluster/ownership/sweep-labs.ts';
import { waitUntil } from '../support/wait-until.ts';

const PROGRAM = new URL('lab/fixtures/abandon-cluster.ts', import.meta.url).pathname;
const children: ChildProcess[] = [];

after(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** A process of its own that owns a cluster with a running pod. */
async function startOwner(): Promise<{ owner: ChildProcess; dir: string }> {
  const owner = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(owner);
  let printed = '';
  owner.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const dir = await waitUntil(
    'the cluster is up',
    () => {
      assert.equal(owner.exitCode, null);
      return printed.includes('\n') && printed.trim();
    },
    { timeoutMs: 180_000 },
  );
  return { owner, dir };
}

for (const signal of ['SIGKILL', 'SIGINT'] as const) {
  test(`a cluster whose owner ended by ${signal} takes itself away, with its pods`, async (t) => {
    if (!needsCluster(t)) return;
    const { owner, dir } = await startOwner();
    const ended = once(owner, 'exit');
    owner.kill(signal);
    await ended;
    await waitUntil('nothing is left', () => leftovers(dir).length === 0).catch(() => {
      assert.deepEqual(leftovers(dir), []);
    });
  });
}

test('where the keeper has died too, the next lab takes away what was left', async (t) => {
  if (!needsCluster(t)) return;
  const { owner, dir } = await startOwner();
  const keeper = keeperOf(dir);
  process.kill(keeper, 'SIGKILL');
  const ended = once(owner, 'exit');
  owner.kill('SIGKILL');
  await ended;
  assert.notDeepEqual(leftovers(dir), []);
  assert((await sweepDeadLabs()).includes(dir));
  assert.deepEqual(leftovers(dir), []);
});

function keeperOf(dir: string): number {
  const found = readdirSync('/proc').find((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.includes('remove-abandoned-lab') && command.includes(dir);
    } catch {
      return false;
    }
  });
  assert(found !== undefined, 'the lab has a keeper');
  return Number(found);
}
