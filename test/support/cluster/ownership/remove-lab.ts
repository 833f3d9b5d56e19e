import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runProgram } from '../run-program.ts';
import { type Belonging, closeRecord, readRecord } from './lab-record.ts';
import { identityOf, isAlive, type ProcessIdentity, signalProcess } from './process-identity.ts';

const LONGEST_END_MS = 15_000;

/**
 * Takes away all that the record of a lab names: processes first, then what they held, then the folder, unless it
 * was given. Can be repeated, and goes on where an earlier removal was cut off.
 */
export async function removeLab(dir: string): Promise<void> {
  const books = readRecord(dir);
  if (books === null) return;
  const { belongings } = books;
  const cgroups = only(belongings, 'cgroup').map(({ path }) => path);
  for (const path of cgroups) thaw(path);
  await endProcesses(only(belongings, 'process'), cgroups);
  for (const path of cgroups) await removeCgroup(path);
  for (const { words } of only(belongings, 'route')) await runProgram('ip', ['route', 'del', ...words]);
  for (const { name } of only(belongings, 'link')) await runProgram('ip', ['link', 'del', name]);
  for (const { name } of only(belongings, 'netns')) await runProgram('ip', ['netns', 'del', name]);
  if (books.keepFolder) closeRecord(dir);
  else rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function only<Kind extends Belonging['kind']>(all: readonly Belonging[], kind: Kind) {
  return all.filter((one): one is Extract<Belonging, { kind: Kind }> => one.kind === kind);
}

/** Kills until nothing is left: a process may have made another between two looks. */
async function endProcesses(known: readonly ProcessIdentity[], cgroups: readonly string[]): Promise<void> {
  const endMs = performance.now() + LONGEST_END_MS;
  // Newest first, so that a kubelet does not start again what is ended below it.
  const targets = [...known].reverse();
  for (;;) {
    const alive = [...targets, ...cgroups.flatMap(processesOf)].filter(isAlive);
    if (alive.length === 0) return;
    if (performance.now() > endMs) {
      throw new Error(`these processes of the lab do not end: ${alive.map(({ pid }) => pid).join(', ')}`);
    }
    for (const identity of alive) signalProcess(identity, 'SIGKILL');
    await delay(20);
  }
}

function processesOf(cgroup: string): ProcessIdentity[] {
  return cgroupsBelow(cgroup).flatMap((path) => {
    try {
      const pids = readFileSync(join(path, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean);
      return pids.map((pid) => identityOf(Number(pid)));
    } catch {
      return [];
    }
  });
}

/** The folder and all below it, deepest first. */
function cgroupsBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  const inner = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...inner.flatMap((entry) => cgroupsBelow(join(path, entry.name))), path];
}

/** A process that has ended stays in its cgroup until somebody has asked for its exit code. */
async function removeCgroup(path: string): Promise<void> {
  const endMs = performance.now() + LONGEST_END_MS;
  for (const folder of cgroupsBelow(path)) {
    while (existsSync(folder)) {
      try {
        rmdirSync(folder);
      } catch (error) {
        if (existsSync(folder) && performance.now() > endMs) throw error;
        await delay(20);
      }
    }
  }
}

/** Frozen processes do not end, whatever they are sent. */
function thaw(cgroup: string): void {
  for (const path of cgroupsBelow(cgroup)) {
    if (existsSync(join(path, 'freezer.state'))) writeFileSync(join(path, 'freezer.state'), 'THAWED');
    else if (existsSync(join(path, 'cgroup.freeze'))) writeFileSync(join(path, 'cgroup.freeze'), '0');
  }
}
