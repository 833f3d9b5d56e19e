import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { withBuildLock } from './build-lock.ts';

test('of several at once in one process one works at a time, and nothing is left behind', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-lock-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  let working = 0;
  const most: number[] = [];
  const work = async (): Promise<void> => {
    most.push(++working);
    await delay(20);
    working--;
  };
  const file = join(dir, 'tool.lock');
  await Promise.all([1, 2, 3].map(() => withBuildLock(file, work)));
  assert.deepEqual(most, [1, 1, 1]);
  assert.deepEqual(readdirSync(dir), []);
});
