import { spawn } from 'node:child_process';
import type { ChildLog } from '../logs/child-log.ts';
import { type Child, exitText, stopChild, watchChild } from '../supervise/child.ts';
import type { Service } from '../supervise/keep-alive.ts';
import { endRecorded, recordProcess } from '../supervise/recorded-process.ts';

const STOP_GRACE_MS = 10_000;

export interface ProgramServiceOptions {
  readonly name: string;
  /** TypeScript file that Node runs, and its arguments. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /**
   * Whether the program says over its IPC channel when it is of use (any message with `ready`); one that does
   * not counts as ready once it runs.
   */
  readonly tellsReady: boolean;
  /** Hears what it says beside that, at each start. */
  readonly told?: (message: object) => void;
  /** Remembers the running process, so that a later start finds one that outlived its supervisor. */
  readonly pidFile: string;
  readonly log: ChildLog;
}

/**
 * A program of ours as a service, on the Node that runs us. It stands in a process group of its own: a Ctrl-C at
 * the terminal is ours to handle, and stopping has an order. Its IPC channel closes when we die.
 */
export function programService(options: ProgramServiceOptions): Service {
  const { name, script, args, env, cwd, tellsReady, pidFile, log } = options;
  return {
    name,
    async start(signal) {
      await endRecorded(pidFile);
      const spawned = spawn(process.execPath, [script, ...args], {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: process.platform !== 'win32',
      });
      const ready = new Promise<void>((resolve) => {
        if (!tellsReady) resolve();
        spawned.on('message', (message: unknown) => {
          if (typeof message !== 'object' || message === null) return;
          options.told?.(message);
          if ('ready' in message) resolve();
        });
      });
      if (spawned.pid !== undefined) recordProcess(pidFile, spawned.pid);
      const child = watchChild(spawned, { onLine: log.onLine, orphanSignal: 'TERM' });
      const aborted = abortOf(signal);
      const first = await Promise.race([
        ready.then(() => 'ready' as const),
        child.exited.then(() => 'ended' as const),
        aborted.happened,
      ]);
      aborted.forget();
      if (first === 'ready') return child;
      if (first === 'aborted') {
        await stop(child, new AbortController().signal);
        signal.throwIfAborted();
      }
      throw new Error(
        `it ended (${exitText(await child.exited)}); its last lines:\n${log.lastLines().join('\n')}`,
      );
    },
    stop,
  };
}

function stop(child: Child, atOnce: AbortSignal): Promise<void> {
  return stopChild(child, [{ signal: 'SIGTERM', graceMs: STOP_GRACE_MS }], atOnce);
}

function abortOf(signal: AbortSignal): { happened: Promise<'aborted'>; forget(): void } {
  let listener = (): void => undefined;
  const happened = new Promise<'aborted'>((resolve) => {
    listener = () => resolve('aborted');
    if (signal.aborted) listener();
    signal.addEventListener('abort', listener);
  });
  return { happened, forget: () => signal.removeEventListener('abort', listener) };
}
