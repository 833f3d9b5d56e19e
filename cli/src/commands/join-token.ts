import type { CreatedJoinToken, JoinTokenView, NewJoinToken } from '@streamswarm/contract';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import { age } from '../output/age.ts';
import type { Column } from '../output/table.ts';
import { writeObjects } from '../output/write-objects.ts';
import {
  type CommandRoom,
  connect,
  isLoopbackUrl,
  type OutputFlags,
  type ServerFlags,
  withOutput,
  withServer,
} from './shared-options.ts';

const PATH = '/api/v1/join-tokens';

const CREATE_EXAMPLES = `
Examples:
  streamswarm join-token create
  streamswarm join-token create --name factory-7 --label site=hamburg --label floor=2
  streamswarm join-token create --expires-in 10m

Prints the command to run on the host. The token is good for one host, and is shown this once.`;

interface CreateFlags extends ServerFlags, OutputFlags {
  readonly name?: string;
  readonly label?: string[];
  readonly expiresIn?: string;
}

export function joinTokenCommand(room: CommandRoom): Command {
  const create = withOutput(withServer(new Command('create')))
    .description('a token by which one host joins, and the command for it')
    .option('--name <name>', 'name of the agent (default: the name of its host)')
    .option('--label <key=value...>', 'labels of the agent, by which tests aim at it')
    .option('--expires-in <duration>', 'at most 1h (default: 1h)')
    .addHelpText('after', CREATE_EXAMPLES)
    .action((flags: CreateFlags) => createToken(flags, room));
  const list = withOutput(withServer(new Command('list')))
    .description('tokens of the last 30 days, without their secret')
    .addHelpText('after', '\nExample:\n  streamswarm join-token list')
    .action(async (flags: ServerFlags & OutputFlags) => {
      const { body } = await connect(flags).call<{ items: JoinTokenView[] }>(PATH);
      const { items: rows } = body;
      if (rows.length === 0) room.note('No join tokens: create one with "streamswarm join-token create".\n');
      room.out(writeObjects({ columns: columns(room.nowMs()), rows, name: ({ id }) => id }, flags.output));
    });
  const revoke = withServer(new Command('revoke'))
    .description('make tokens worthless; hosts that joined by them stay')
    .argument('<ids...>', 'as "streamswarm join-token list" shows them')
    .addHelpText('after', '\nExample:\n  streamswarm join-token revoke 0b9f5c1e-8f52-4b6c-9b0a-6c1f0a8f3e11')
    .action(async (ids: string[], flags: ServerFlags) => {
      const api = connect(flags);
      for (const id of ids) {
        await api.call(`${PATH}/${encodeURIComponent(id)}`, { method: 'DELETE' });
        room.out(`join-token/${id} revoked\n`);
      }
    });
  return new Command('join-token')
    .description('tokens by which hosts join')
    .addCommand(create)
    .addCommand(list)
    .addCommand(revoke);
}

async function createToken(flags: CreateFlags, room: CommandRoom): Promise<void> {
  const { name, label, expiresIn, output } = flags;
  const wish: NewJoinToken = {
    ...(name === undefined ? {} : { name }),
    ...(label === undefined ? {} : { labels: readLabels(label) }),
    ...(expiresIn === undefined ? {} : { expiresIn }),
  };
  const { body } = await connect(flags).call<CreatedJoinToken>(PATH, { method: 'POST', json: wish });
  if (output !== 'table' && output !== 'wide') {
    room.out(writeObjects({ columns: [], rows: [body], name: ({ id }) => id, isOne: true }, output));
    return;
  }
  room.note(`Run this on the host, before ${body.expiresAt}:\n`);
  room.out(`${body.command}\n`);
  if (isLoopbackUrl(body.server)) {
    room.note(
      `Only this machine reaches ${body.server}: for other hosts start the operator with "streamswarm up --host 0.0.0.0".\n`,
    );
  }
}

function readLabels(labels: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    labels.map((label) => {
      const at = label.indexOf('=');
      if (at < 1) {
        throw new CommandFailed(`--label is written key=value, not ${JSON.stringify(label)}.`, EXIT.usage);
      }
      return [label.slice(0, at), label.slice(at + 1)];
    }),
  );
}

function columns(nowMs: number): Column<JoinTokenView>[] {
  return [
    { head: 'ID', cell: ({ id }) => id },
    { head: 'NAME', cell: ({ name }) => name ?? '-' },
    { head: 'STATE', cell: ({ state }) => state },
    { head: 'AGE', right: true, cell: ({ createdAt }) => age(createdAt, nowMs) },
    { head: 'BY', cell: ({ createdBy }) => createdBy },
    { head: 'AGENT', cell: ({ agentId }) => agentId ?? '-' },
    {
      head: 'LABELS',
      wide: true,
      cell: ({ labels }) =>
        Object.entries(labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
    },
  ];
}
