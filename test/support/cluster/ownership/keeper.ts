import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Keeper {
  /** The lab is gone: nothing is left to keep. Resolves when the keeper has ended too. */
  dismiss(): Promise<void>;
}

/**
 * A shell that waits for the end of this process, however it ends (the kernel then closes the pipe), and removes
 * the lab. It has a session of its own, so that Ctrl-C does not end it, and waits at the cost of a megabyte.
 */
export function startKeeper(labDir: string): Keeper {
  const program = new URL('remove-abandoned-lab.ts', import.meta.url).pathname;
  const child = spawn('sh', ['-c', 'cat >/dev/null; exec "$0" "$@"', process.execPath, program, labDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // The pipe stays open and must not keep this process alive.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return {
    async dismiss() {
      const isRunning = child.exitCode === null && child.signalCode === null;
      const ended = isRunning ? once(child, 'exit') : null;
      child.ref();
      child.kill('SIGKILL');
      child.stdin.destroy();
      await ended;
    },
  };
}
