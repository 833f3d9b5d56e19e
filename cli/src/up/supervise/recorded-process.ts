import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from '../lock/process-identity.ts';

/** How long a process that lost its supervisor gets to end by itself: it may have to write out what it holds. */
const GRACE_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Writes down which process this is, so that no other one with its number is taken for it. */
export function recordProcess(file: string, pid: number): void {
  writeFileSync(file, JSON.stringify({ pid, identity: processIdentity(pid) }));
}

/** Waits until the recorded process has gone, and ends it if it will not go: two of them would share one state. */
export async function endRecorded(file: string): Promise<void> {
  const recorded = readRecord(file);
  if (recorded === null) return;
  const runs = (): boolean => processIdentity(recorded.pid) === recorded.identity;
  for (let waited = 0; waited < GRACE_MS && runs(); waited += LOOK_EVERY_MS) await delay(LOOK_EVERY_MS);
  if (runs()) process.kill(recorded.pid, 'SIGKILL');
}

function readRecord(file: string): { pid: number; identity: string } | null {
  try {
    const { pid, identity } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: unknown; identity?: unknown };
    return typeof pid === 'number' && typeof identity === 'string' ? { pid, identity } : null;
  } catch {
    return null;
  }
}
