import type { StreamTest, TestDetail } from '@streamswarm/contract';
import { Command } from 'commander';
import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import type { ApiClient } from '../api-client/api-client.ts';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import { type CommandRoom, connect, type ServerFlags, testPath, withServer } from './shared-options.ts';

interface Flags extends ServerFlags {
  readonly filename: string[];
  readonly namespace?: string;
}

const EXAMPLES = `
Examples:
  streamswarm diff -f test.yaml
  streamswarm diff -f tests/

Changes nothing. Exit code 1: apply would change something.`;

export function diffCommand(room: CommandRoom): Command {
  return withServer(new Command('diff'))
    .description('what apply would change, line by line')
    .requiredOption('-f, --filename <path...>', 'file, folder or - for standard input')
    .option('-n, --namespace <name>', 'namespace for manifests that name none')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      const given = (await import('../manifests/read-manifests.ts')).readManifests(flags.filename, {
        namespace: flags.namespace ?? null,
        stdin: room.stdin,
      });
      const api = connect(flags);
      let isSame = true;
      for (const { test } of given) {
        const name = `${test.metadata.namespace ?? 'default'}/${test.metadata.name}`;
        const [before, after] = [await stored(api, test), text(test)];
        if (before === after) continue;
        isSame = false;
        room.out(createTwoFilesPatch(`${name} (operator)`, `${name} (manifest)`, before, after));
      }
      if (!isSame) throw new CommandFailed('', EXIT.failed);
    });
}

/** Nothing, where there is no such test yet. */
async function stored(api: ApiClient, { metadata }: StreamTest): Promise<string> {
  try {
    const { body } = await api.call<TestDetail>(testPath(metadata.namespace ?? 'default', metadata.name));
    return text(body.manifest as StreamTest);
  } catch (error) {
    if (error instanceof CommandFailed && error.exitCode === EXIT.notFound) return '';
    throw error;
  }
}

/** The order of fields says nothing, and the default namespace goes without saying. */
function text(test: StreamTest): string {
  const { namespace = 'default', ...metadata } = test.metadata;
  return stringify({ ...test, metadata: { ...metadata, namespace } }, { sortMapEntries: true });
}
