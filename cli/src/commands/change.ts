import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import {
  type CommandRoom,
  connect,
  type NamespaceFlags,
  type ServerFlags,
  testName,
  testPath,
  withNamespace,
  withServer,
} from './shared-options.ts';

type Flags = ServerFlags & NamespaceFlags;

const VERBS = {
  start: { did: 'started', words: 'start a run now' },
  stop: { did: 'stopped', words: 'stop the run; the test stays and can be started again' },
  suspend: { did: 'suspended', words: 'stop the run and let none start' },
  resume: { did: 'resumed', words: 'lift a suspension, which starts a run' },
} as const;

/** start, stop, suspend and resume: one word to the operator for each test named. */
export function changeCommands(room: CommandRoom): Command[] {
  return Object.entries(VERBS).map(([verb, { did, words }]) =>
    withNamespace(withServer(new Command(verb)))
      .description(words)
      .argument('<tests...>', 'NAME or NAMESPACE/NAME')
      .addHelpText('after', `\nExample:\n  streamswarm ${verb} hello`)
      .action(async (tests: string[], flags: Flags) => {
        const api = connect(flags);
        for (const text of tests) {
          const { namespace, name } = testName(text, flags.namespace);
          await api.call(`${testPath(namespace, name)}/${verb}`, { method: 'POST' });
          room.out(`streamtest/${name} ${did}\n`);
        }
      }),
  );
}

const DELETE_EXAMPLES = `
Examples:
  streamswarm delete hello
  streamswarm delete -f tests/

Results stay. Exit code 3: there is none of that name (with --ignore-not-found: 0).`;

interface DeleteFlags extends Flags {
  readonly filename?: string[];
  readonly ignoreNotFound?: boolean;
}

export function deleteCommand(room: CommandRoom): Command {
  return withNamespace(withServer(new Command('delete')))
    .description('delete tests; their results stay')
    .argument('[tests...]', 'NAME or NAMESPACE/NAME')
    .option('-f, --filename <path...>', 'the tests of these files, folders or -')
    .option('--ignore-not-found', 'a test that is gone already is fine')
    .addHelpText('after', DELETE_EXAMPLES)
    .action(async (tests: string[], flags: DeleteFlags) => {
      const given =
        flags.filename === undefined
          ? []
          : (await import('../manifests/read-manifests.ts')).readManifests(flags.filename, {
              namespace: flags.namespace,
              stdin: room.stdin,
            });
      const names = [
        ...tests.map((text) => testName(text, flags.namespace)),
        ...given.map(({ test }) => ({
          namespace: test.metadata.namespace ?? flags.namespace,
          name: test.metadata.name,
        })),
      ];
      if (names.length === 0) throw new CommandFailed('Name a test, or give manifests with -f.', EXIT.usage);
      const api = connect(flags);
      for (const { namespace, name } of names) {
        try {
          await api.call(testPath(namespace, name), { method: 'DELETE' });
          room.out(`streamtest/${name} deleted\n`);
        } catch (error) {
          const isGone = error instanceof CommandFailed && error.exitCode === EXIT.notFound;
          if (!isGone || flags.ignoreNotFound !== true) throw error;
        }
      }
    });
}
