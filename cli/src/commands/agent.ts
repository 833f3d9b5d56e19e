import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { handOver } from '../../bootstrap/hand-over.mjs';
import { CommandFailed } from '../exit-codes.ts';
import type { CommandRoom } from './shared-options.ts';

const AGENT = fileURLToPath(import.meta.resolve('@streamswarm/agent/bin/streamswarm-agent'));

const AGENT_EXAMPLES = `
Examples:
  streamswarm agent --server https://operator.example.net:5443 --token TOKEN --ca-fingerprint sha256:...
  streamswarm agent --server https://operator.example.net:5443       from then on
  streamswarm agent -- --help                                        all of its options

The first line is what "streamswarm join-token create" prints. Exit code 77: the agent was revoked.`;

/** Runs the agent as a program of its own: it sizes its threads before anything has used them. */
export function agentCommand(room: CommandRoom): Command {
  return new Command('agent')
    .description('measure from this host for an operator elsewhere')
    .argument('[options...]', 'those of the agent')
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText('after', AGENT_EXAMPLES)
    .action(async (args: string[]) => {
      const code = await handOver(process.execPath, [AGENT, ...args], {
        cwd: process.cwd(),
        env: room.env,
        ipc: true,
      });
      // The terminal sends Ctrl-C to both: an end that was asked for is no failure.
      process.exitCode = code === 128 + constants.signals.SIGINT ? 0 : code;
    });
}

const LEAVE_EXAMPLES = `
Examples:
  streamswarm leave
  streamswarm leave --state-dir /srv/streamswarm/agent
  streamswarm leave --force          also where the operator is gone for good

Stop the agent first. What it measured stays with the operator; its key is deleted here and refused there.`;

interface LeaveFlags {
  readonly stateDir?: string;
  readonly force?: boolean;
}

export function leaveCommand(room: CommandRoom): Command {
  return new Command('leave')
    .description('leave the operator that this host has joined')
    .option('--state-dir <folder>', 'of the agent (STREAMSWARM_STATE_DIR)')
    .option('--force', 'delete the key also where the operator cannot be told')
    .addHelpText('after', LEAVE_EXAMPLES)
    .action(async (flags: LeaveFlags) => {
      const { leaveOperator } = await import('@streamswarm/agent');
      const { defaultStateDir } = await import('@streamswarm/agent/config');
      const stateDir =
        flags.stateDir ??
        room.env['STREAMSWARM_STATE_DIR'] ??
        defaultStateDir(room.env, process.getuid?.() === 0);
      const left = await leaveOperator({
        stateDir,
        force: flags.force === true,
        wallMs: room.nowMs,
      }).catch((error: unknown) => {
        throw new CommandFailed(
          `The operator was not told: ${(error as Error).message}. Nothing was changed; --force deletes the key here all the same.`,
        );
      });
      if (left.kind === 'never joined') throw new CommandFailed(`${stateDir} has joined no operator.`);
      room.out(`${left.name} has left ${left.server}\n`);
      if (left.kind === 'forgotten') {
        room.note(`The operator does not know (${left.why}): revoke the agent there.\n`);
      }
    });
}
