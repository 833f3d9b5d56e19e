import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { needsLinux } from '../../needs.ts';
import { LabRecord, readRecord } from './lab-record.ts';
import { identityOf, isAlive } from './process-identity.ts';
import { removeLab } from './remove-lab.ts';

test('a process is alive until it ends, and another with its pid is not it', (t) => {
  if (!needsLinux(t)) return;
  const own = identityOf(process.pid);
  assert.equal(isAlive(own), true);
  assert.equal(isAlive({ ...own, startTicks: '1' }), false);
});

test('the books survive a last line that was cut short, and a new owner takes over', () => {
  const record = new LabRecord({ kind: 'process', ...identityOf(process.pid) });
  try {
    record.add({ kind: 'netns', name: 'one' });
    record.leaveTo({ kind: 'nobody' });
    appendFileSync(join(record.dir, 'lab.jsonl'), '{"belonging":{"kind":"netns","na');
    const books = readRecord(record.dir);
    assert.deepEqual(books?.owner, { kind: 'nobody' });
    assert.deepEqual(books?.belongings, [{ kind: 'netns', name: 'one' }]);
    assert.equal(books?.keepFolder, false);
  } finally {
    rmSync(record.dir, { recursive: true });
  }
});

test('removal ends the processes in the books and nothing else, and leaves a given folder in place', async (t) => {
  if (!needsLinux(t)) return;
  const dir = mkdtempSync(join(tmpdir(), 'swgiven-'));
  const ours = spawn('sleep', ['1000'], { stdio: 'ignore' });
  const other = spawn('sleep', ['1000'], { stdio: 'ignore' });
  try {
    assert(ours.pid !== undefined && other.pid !== undefined);
    writeFileSync(join(dir, 'not-ours'), '');
    const record = new LabRecord({ kind: 'process', ...identityOf(process.pid) }, dir);
    record.addProcess(ours.pid);
    // The pid of a process that ended long ago and is someone else's now.
    record.add({ kind: 'process', pid: other.pid, startTicks: '1' });
    const ended = once(ours, 'exit');
    await removeLab(dir);
    assert.deepEqual(await ended, [null, 'SIGKILL']);
    assert.equal(isAlive(identityOf(other.pid)), true);
    assert.deepEqual(readdirSync(dir), ['not-ours']);
  } finally {
    ours.kill('SIGKILL');
    other.kill('SIGKILL');
    rmSync(dir, { recursive: true });
  }
  assert(!existsSync(dir));
});
