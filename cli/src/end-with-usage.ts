import type { Command } from 'commander';
import { CommandFailed, EXIT } from './exit-codes.ts';

/** What commander refuses is wrong use, which scripts must be able to tell from a failure. */
export function endWithUsage(command: Command): void {
  command.exitOverride((error) => {
    throw new CommandFailed('', error.exitCode === 0 ? EXIT.ok : EXIT.usage, { cause: error });
  });
  for (const below of command.commands) endWithUsage(below);
}
