import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processesOf, recordedPostmaster } from './data-processes.ts';

/** Postgres's own ways to stop: fast, immediate; and, for what hears neither, the kernel's. */
const STEPS = [
  { signal: 'SIGINT', graceMs: 10_000 },
  { signal: 'SIGQUIT', graceMs: 5_000 },
  { signal: 'SIGKILL', graceMs: 5_000 },
] as const;
const LOOK_EVERY_MS = 50;

/**
 * Ends what an earlier supervisor left running in the data folder, so that a new server can have it. Only the
 * holder of the state lock may call this. The memory of a crashed server is in use until its last child has gone,
 * so all of them are waited for.
 */
export async function endLeftovers(dataDir: string): Promise<void> {
  for (const { signal, graceMs } of STEPS) {
    const left = processesOf(dataDir);
    if (left.length === 0) break;
    const postmaster = recordedPostmaster(dataDir);
    // Children of a living postmaster are its own business.
    const addressed = postmaster !== null && left.includes(postmaster) ? [postmaster] : left;
    for (const pid of addressed) sendSignal(pid, signal);
    await goneWithin(dataDir, graceMs);
  }
  if (processesOf(dataDir).length > 0) {
    throw new Error(
      `processes that cannot be ended still use ${dataDir}: ${processesOf(dataDir).join(', ')}. End them, then start again.`,
    );
  }
  // After a reboot the recorded number may belong to a stranger, whom Postgres would take for a living server.
  const recorded = recordedPostmaster(dataDir);
  if (recorded !== null && isAlive(recorded)) rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function goneWithin(dataDir: string, ms: number): Promise<void> {
  for (let waited = 0; waited < ms && processesOf(dataDir).length > 0; waited += LOOK_EVERY_MS) {
    await delay(LOOK_EVERY_MS);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime.
  }
}
