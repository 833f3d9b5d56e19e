import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchParent } from './parent-watch.mjs';

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program to its end as if it stood in our place: same terminal, signals passed on, its exit code. With
 * `ipc`, the closing channel tells it when we are gone without a word (kill -9).
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd: string, env: Readonly<Record<string, string | undefined>>, ipc: boolean}} options
 * @returns {Promise<number>} exit code; 128 + signal where one ended it
 */
export function handOver(file, args, { cwd, env, ipc }) {
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: ipc ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  });
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  for (const signal of FORWARDED) process.on(signal, forward);
  const endWatch = watchParent(
    env,
    () => process.ppid,
    () => child.kill('SIGTERM'),
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of FORWARDED) process.off(name, forward);
      endWatch();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
