import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { agentCommand, leaveCommand } from './commands/agent.ts';
import { applyCommand } from './commands/apply.ts';
import { changeCommands, deleteCommand } from './commands/change.ts';
import { completionCommand } from './commands/completion.ts';
import { describeCommand } from './commands/describe.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { getCommand } from './commands/get.ts';
import { joinTokenCommand } from './commands/join-token.ts';
import { probeCommand } from './commands/probe.ts';
import { resultsCommand, topCommand } from './commands/results.ts';
import type { CommandRoom } from './commands/shared-options.ts';
import { endWithUsage } from './end-with-usage.ts';

const EXITS = `
Exit codes: 0 done, 1 failed, 2 wrong use, 3 not found, 4 refused, 5 the operator does not answer.
Start with "streamswarm up"; each command has examples: streamswarm COMMAND --help`;

/** Every command; `up` comes from outside because it alone needs the whole product. */
export function createProgram(up: Command, room: CommandRoom): Command {
  const program = new Command('streamswarm')
    .description('Measures networks: declares tests, runs them on agents, keeps and shows the results.')
    .version(packageJson.version)
    // What stands behind `agent` is for the agent.
    .enablePositionalOptions()
    .addHelpText('after', EXITS);
  const commands = [
    up,
    applyCommand(room),
    diffCommand(room),
    getCommand(room),
    describeCommand(room),
    resultsCommand(room),
    topCommand(room),
    ...changeCommands(room),
    deleteCommand(room),
    exportCommand(room),
    probeCommand(room),
    joinTokenCommand(room),
    agentCommand(room),
    leaveCommand(room),
    doctorCommand(room),
  ];
  for (const command of commands) program.addCommand(command);
  program.addCommand(completionCommand(program, room.out));
  endWithUsage(program);
  return program;
}
