import type { Capability } from '@streamswarm/contract';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import type { Column } from '../output/table.ts';
import { writeObjects } from '../output/write-objects.ts';
import { type CommandRoom, type OutputFlags, withOutput } from './shared-options.ts';

const EXAMPLES = `
Examples:
  streamswarm doctor
  sudo streamswarm doctor -o json

Says what an agent started as you, here, could measure. Needs no operator, and sends nothing to other machines.
Exit code 1: something cannot be measured at all.`;

const COLUMNS: readonly Column<Capability>[] = [
  { head: 'CAPABILITY', cell: ({ name }) => name },
  { head: 'STATE', cell: ({ state }) => state },
  { head: 'WHY', cell: ({ detail, reason }) => detail ?? reason ?? '' },
];

export function doctorCommand(room: CommandRoom): Command {
  return withOutput(new Command('doctor'))
    .description('what this host can measure, what not, why, and what changes it')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: OutputFlags) => {
      const { ownCapabilities } = await import('@streamswarm/agent/capabilities/own-capabilities');
      const rows = await ownCapabilities();
      room.out(writeObjects({ columns: COLUMNS, rows, name: ({ name }) => name }, flags.output));
      if (flags.output === 'table' || flags.output === 'wide') room.out(remedies(rows));
      if (rows.some(({ state }) => state === 'unavailable')) throw new CommandFailed('', EXIT.failed);
    });
}

function remedies(capabilities: readonly Capability[]): string {
  const lines = capabilities.flatMap(({ name, enable }) =>
    enable === undefined ? [] : [`  ${name}: ${enable}`],
  );
  return lines.length === 0 ? '' : `\nWhat changes it:\n${lines.join('\n')}\n`;
}
