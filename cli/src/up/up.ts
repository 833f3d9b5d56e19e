import { mkdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { lockState } from './lock/state-lock.ts';
import { waitForPort } from './services/port-check.ts';
import { serverUrl } from './settings/listen-address.ts';
import type { UpSettings } from './settings/settings.ts';
import { startAll } from './start-all.ts';
import { StartRefused } from './start-refused.ts';
import type { Kept } from './supervise/keep-alive.ts';
import type { Terminal } from './terminal/terminal.ts';

export interface UpRoom {
  readonly terminal: Terminal;
  /** Monotonic clock, ms. */
  now(): number;
  /** Aborts when an orderly stop is asked for. */
  readonly stopping: AbortSignal;
  /** Aborts when waiting for it is over. */
  readonly atOnce: AbortSignal;
}

/** What an earlier supervisor left without a word has this long to free the port. */
const PORT_AFTER_CRASH_MS = 15_000;

/** Starts everything on this machine, keeps it running until it is told to stop, and stops it in reverse order. */
export async function up(settings: UpSettings, room: UpRoom): Promise<void> {
  const stateDir = openStateFolder(settings.stateDir);
  const { host, port, localPort } = settings;
  // Programs of this machine come in by loopback, which needs no login.
  const own = localPort === null ? { host, port } : { host: '127.0.0.1', port: localPort };
  const server = serverUrl(own.host, own.port);
  const lock = lockState(stateDir, server);
  if (!lock.ok) {
    const { pid, url } = lock.holder;
    throw new StartRefused(
      `StreamSwarm already runs here: ${url} (process ${pid}, state in ${stateDir}). ` +
        `Open that address, or stop it (Ctrl-C there, or kill ${pid}), or start another one beside it with ` +
        'both --state-dir and --port.',
    );
  }
  const kept: Kept[] = [];
  try {
    for (const wanted of localPort === null ? [settings] : [settings, own]) {
      const problem = await waitForPort(wanted, lock.tookOver ? PORT_AFTER_CRASH_MS : 0);
      if (problem !== null) throw new StartRefused(problem);
    }
    await startAll({ settings, room, stateDir, server, kept });
    await aborted(room.stopping);
  } catch (error) {
    if (!room.stopping.aborted) throw error;
  } finally {
    await stopAll(kept, room);
    lock.release();
  }
  room.terminal.say(`Stopped. The results are kept in ${stateDir}`);
}

async function stopAll(kept: readonly Kept[], { terminal, stopping, atOnce }: UpRoom): Promise<void> {
  if (kept.length > 0 && stopping.aborted) {
    terminal.say('Stopping … (Ctrl-C once more ends everything at once)');
  }
  for (const service of kept.toReversed()) await service.stop(atOnce);
}

function openStateFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return realpathSync(folder);
  } catch (cause) {
    throw new StartRefused(
      `Cannot use ${folder} for the state: ${(cause as Error).message}. ` +
        'Choose a folder that this user may write with --state-dir (STREAMSWARM_STATE_DIR).',
      { cause },
    );
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
