import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { completionCommand } from '../commands/completion.ts';
import { describeCommand } from '../commands/describe.ts';
import { exportCommand } from '../commands/export.ts';
import { getCommand } from '../commands/get.ts';
import { joinTokenCommand } from '../commands/join-token.ts';
import { probeCommand } from '../commands/probe.ts';
import { resultsCommand, topCommand } from '../commands/results.ts';
import type { CommandRoom } from '../commands/shared-options.ts';
import { endWithUsage } from '../end-with-usage.ts';

const EXAMPLES = `
Examples:
  kubectl streamswarm status nodes
  kubectl streamswarm results nodes --range 24h
  kubectl streamswarm top
  kubectl streamswarm probe icmp edge.example.net     from this machine, not from a node

Tests themselves are objects of the cluster: kubectl apply, get, describe, delete.
The operator is looked for in namespace streamswarm; set STREAMSWARM_OPERATOR_NAMESPACE for another.`;

/** What kubectl itself cannot tell of StreamTests; the commands are those of `streamswarm`. */
export function createKubectlProgram(room: CommandRoom): Command {
  const program = new Command('kubectl streamswarm')
    .description('What the agents of this cluster measured.')
    .version(packageJson.version)
    .addHelpText('after', EXAMPLES);
  const commands = [
    describeCommand(room).name('status'),
    resultsCommand(room),
    topCommand(room),
    exportCommand(room),
    probeCommand(room),
    getCommand(room),
    joinTokenCommand(room),
  ];
  for (const command of commands) program.addCommand(command);
  program.addCommand(completionCommand(program, room.out));
  endWithUsage(program);
  return program;
}

/** Commands that need no operator, and so no way to it. */
export function needsOperator(args: readonly string[]): boolean {
  const [command = '--help'] = args;
  const onlyTells = args.some((arg) => ['--help', '-h', '--version', '-V'].includes(arg));
  return !onlyTells && !['probe', 'completion', 'help', '--help'].includes(command);
}
