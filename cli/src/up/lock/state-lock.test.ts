import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { processIdentity } from './process-identity.ts';
import { lockState } from './state-lock.ts';

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-lock-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('a second start hears who holds the folder', (t) => {
  const dir = folder(t);
  const first = lockState(dir, 'http://127.0.0.1:5000');
  assert.ok(first.ok && !first.tookOver);
  const second = lockState(dir, 'http://127.0.0.1:5001');
  assert.ok(!second.ok);
  assert.equal(second.holder.pid, process.pid);
  assert.equal(second.holder.url, 'http://127.0.0.1:5000');
  first.release();
  assert.deepEqual(readdirSync(dir), []);
});

test('the lock of a process that has gone, or whose number another one has now, is taken over', (t) => {
  const dir = folder(t);
  const dead = { pid: 4_194_305, identity: 'boot/1', url: 'http://127.0.0.1:5000' };
  for (const stale of [
    JSON.stringify(dead),
    JSON.stringify({ ...dead, pid: process.ppid }),
    '',
    'half a li',
  ]) {
    writeFileSync(join(dir, 'up.lock'), stale);
    const taken = lockState(dir, 'http://127.0.0.1:5000');
    assert.ok(taken.ok && taken.tookOver, stale);
    taken.release();
  }
  assert.deepEqual(readdirSync(dir), []);
});

test('a process has one identity for life, a number without process none', () => {
  assert.ok(processIdentity(process.pid));
  assert.equal(processIdentity(process.pid), processIdentity(process.pid));
  assert.notEqual(processIdentity(process.pid), processIdentity(process.ppid));
  assert.equal(processIdentity(4_194_305), null);
});
