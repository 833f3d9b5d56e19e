import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { identityOf, isAlive, type ProcessIdentity } from '../ownership/process-identity.ts';

const LOOK_AGAIN_MS = 200;

/**
 * Runs `work` while nobody else, in this process or another, does so under the same lock file. It saves double work and nothing more:
 * what is built appears by a rename, so that even two builders at once leave one whole file.
 */
export async function withBuildLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  // One name each: several of one process may wait for it too.
  const mine = `${lockFile}.${randomUUID()}`;
  writeFileSync(mine, JSON.stringify(identityOf(process.pid)));
  try {
    // A hard link appears with its content, so that nobody reads a half-written owner.
    while (!tryLink(mine, lockFile)) {
      if (ownerIsGone(lockFile)) rmSync(lockFile, { force: true });
      else await delay(LOOK_AGAIN_MS);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function ownerIsGone(lockFile: string): boolean {
  try {
    const owner: ProcessIdentity = JSON.parse(readFileSync(lockFile, 'utf8'));
    return !isAlive(owner);
  } catch {
    // Released a moment ago.
    return false;
  }
}
