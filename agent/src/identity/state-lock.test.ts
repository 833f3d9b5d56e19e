import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { lockState } from './state-lock.ts';

const MODULE = JSON.stringify(new URL('./state-lock.ts', import.meta.url).href);

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'state-lock-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** A process that holds the lock of a folder until it is ended. */
async function holder(t: TestContext, dir: string): Promise<ChildProcess> {
  const script = `const { lockState } = await import(${MODULE});
    const lock = await lockState(${JSON.stringify(dir)}, { self: 'the child', patienceMs: 0 });
    console.log(lock.ok); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  assert.equal(String(said).trim(), 'true');
  return child;
}

test('of many starts at once one gets the folder, and the others hear who has it', async (t) => {
  const dir = folder(t);
  const starts = Array.from({ length: 10 }, (_, i) => lockState(dir, { self: `start ${i}`, patienceMs: 0 }));
  const locks = await Promise.all(starts);
  const winner = locks.findIndex((lock) => lock.ok);
  assert.ok(winner >= 0);
  for (const [i, lock] of locks.entries()) {
    if (i === winner) continue;
    assert.deepEqual(lock, { ok: false, holder: `start ${winner}` });
  }
  const won = locks[winner];
  assert.ok(won?.ok);
  won.release();
  assert.deepEqual(readdirSync(dir), []);
});

test('the lock of a process that was killed is taken over, that of a frozen one is not', async (t) => {
  const dir = folder(t);
  const child = await holder(t, dir);
  assert.deepEqual(await lockState(dir, { self: 'me', patienceMs: 0 }), { ok: false, holder: 'the child' });
  child.kill('SIGSTOP');
  assert.equal((await lockState(dir, { self: 'me', patienceMs: 0 })).ok, false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await lockState(dir, { self: 'me', patienceMs: 0 });
  assert.ok(lock.ok);
  lock.release();
});

test('a holder that is ending is waited for', async (t) => {
  const dir = folder(t);
  const first = await lockState(dir, { self: 'first', patienceMs: 0 });
  assert.ok(first.ok);
  const second = lockState(dir, { self: 'second', patienceMs: 60_000 });
  first.release();
  assert.ok((await second).ok);
});

test('a file of the same name and a long path are no hindrance', async (t) => {
  const dir = join(folder(t), 'a'.repeat(100), 'b'.repeat(100));
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'agent.lock'), 'left by somebody');
  const lock = await lockState(dir, { self: 'me', patienceMs: 0 });
  assert.ok(lock.ok);
  assert.equal((await lockState(dir, { self: 'other', patienceMs: 0 })).ok, false);
  lock.release();
});
