import { readFileSync } from 'node:fs';
import type { CommandRoom } from './commands/shared-options.ts';
import { CommandFailed } from './exit-codes.ts';

/** The room of a command that stands in a process of its own. */
export function processRoom({
  stdout,
  stderr,
  env,
}: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>): CommandRoom {
  return {
    out: (text) => void stdout.write(text),
    isTerminal: stdout.isTTY === true,
    note: (text) => void stderr.write(text),
    stdin: () => readFileSync(0, 'utf8'),
    nowMs: () => Date.now(),
    env,
  };
}

/** Runs a command to its end; what went wrong is said, and the exit code tells it to scripts. */
export async function runToEnd(room: CommandRoom, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (error.message !== '') room.note(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
