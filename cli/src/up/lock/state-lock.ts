import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from './process-identity.ts';

export interface LockHolder {
  readonly pid: number;
  readonly identity: string | null;
  readonly url: string;
}

export type Locked =
  | {
      readonly ok: true;
      /** The holder before us went without a word (kill -9): what it left may still be ending. */
      readonly tookOver: boolean;
      release(): void;
    }
  | { readonly ok: false; readonly holder: LockHolder };

const TRIES = 10;

/**
 * One start for each state folder. The lock names its holder; one whose process has gone is taken over.
 * `link` makes a file appear whole or not at all, and only for one of two that race.
 */
export function lockState(
  stateDir: string,
  url: string,
  identityOf: (pid: number) => string | null = processIdentity,
): Locked {
  const file = join(stateDir, 'up.lock');
  const mine = join(stateDir, `up.lock.${process.pid}`);
  const self: LockHolder = { pid: process.pid, identity: identityOf(process.pid), url };
  writeFileSync(mine, JSON.stringify(self));
  let tookOver = false;
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      if (tryLink(mine, file)) return { ok: true, tookOver, release: () => releaseOwn(file, self) };
      const text = readText(file);
      if (text === null) continue;
      const holder = parseHolder(text);
      if (holder !== null && holder.identity !== null && identityOf(holder.pid) === holder.identity) {
        return { ok: false, holder };
      }
      removeStale(file, text);
      tookOver = true;
    }
    throw new Error(`${file} changes hands all the time: start only one StreamSwarm in ${stateDir}`);
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a stale lock away, and puts back what was moved if another start has replaced it in the meantime. */
function removeStale(file: string, staleText: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readText(aside) !== staleText) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function releaseOwn(file: string, self: LockHolder): void {
  if (readText(file) === JSON.stringify(self)) rmSync(file, { force: true });
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parseHolder(text: string): LockHolder | null {
  try {
    const value = JSON.parse(text) as Partial<LockHolder>;
    return typeof value.pid === 'number' && typeof value.url === 'string'
      ? { pid: value.pid, identity: value.identity ?? null, url: value.url }
      : null;
  } catch {
    return null;
  }
}
