import { spawn } from 'node:child_process';

/**
 * Waits until its standard input ends, which happens when we die in whatever way, and then ends the process it
 * was given. A shell does this in about a megabyte; Postgres could not be taught to watch a channel of ours.
 */
const SCRIPT =
  'read -r _; kill -s "$2" "$1" 2>/dev/null; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do sleep 1; kill -0 "$1" 2>/dev/null || exit 0; done; kill -s KILL "$1" 2>/dev/null';

/** Makes sure that a process does not outlive us; call the answer once it has ended by itself. */
export function guardAgainstOrphan(pid: number, signal: 'TERM' | 'INT'): () => void {
  if (process.platform === 'win32') return () => undefined;
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'streamswarm-orphan-guard', String(pid), signal], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return () => {
    if (guard.pid !== undefined) killGroup(guard.pid);
  };
}

/** The guard and what it runs, which a detached spawn put into a group of their own. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
