import type { PlanPreview, TestDetail } from '@streamswarm/contract';
import { rateNumber } from '@streamswarm/contract/format/numbers';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import { type CommandRoom, connect, type ServerFlags, testPath, withServer } from './shared-options.ts';

interface Flags extends ServerFlags {
  readonly filename: string[];
  readonly namespace?: string;
  readonly dryRun?: boolean;
}

const EXAMPLES = `
Examples:
  streamswarm apply -f test.yaml
  streamswarm apply -f tests/ -f more.yaml      folders with all that is below
  cat test.yaml | streamswarm apply -f -
  streamswarm apply -f test.yaml --dry-run      what it would do; nothing is changed

All manifests are checked before the first is sent. Exit code 4: one was refused.`;

export function applyCommand(room: CommandRoom): Command {
  return withServer(new Command('apply'))
    .description('create tests, or change them to their manifests')
    .requiredOption('-f, --filename <path...>', 'file, folder or - for standard input')
    .option('-n, --namespace <name>', 'namespace for manifests that name none')
    .option('--dry-run', 'say what would happen, and change nothing')
    .addHelpText('after', EXAMPLES)
    .action((flags: Flags) => apply(flags, room));
}

async function apply(flags: Flags, room: CommandRoom): Promise<void> {
  const given = (await import('../manifests/read-manifests.ts')).readManifests(flags.filename, {
    namespace: flags.namespace ?? null,
    stdin: room.stdin,
  });
  const api = connect(flags);
  const refused: string[] = [];
  for (const { where, test } of given) {
    const { name, namespace = 'default' } = test.metadata;
    try {
      if (flags.dryRun === true) {
        const { body } = await api.call<PlanPreview>('/api/v1/plan-preview', { method: 'POST', json: test });
        refused.push(...body.problems.map(({ path, message }) => `${where}: ${path}: ${message}`));
        if (body.valid) room.out(`streamtest/${name} ${inWords(body)} (dry run)\n`);
        for (const { message } of body.notices) room.note(`  notice: ${message}\n`);
        continue;
      }
      const { headers } = await api.call<TestDetail>(testPath(namespace, name), {
        method: 'PUT',
        json: test,
      });
      room.out(`streamtest/${name} ${headers.get('x-streamswarm-result') ?? 'configured'}\n`);
    } catch (error) {
      if (!(error instanceof CommandFailed) || error.exitCode === EXIT.unreachable) throw error;
      refused.push(`${where}: ${error.message}`);
    }
  }
  if (refused.length > 0) throw new CommandFailed(refused.join('\n'), EXIT.refused);
}

function inWords({ agents, streams, samplesPerSecond, packetsPerSecond }: PlanPreview): string {
  const where = `${agents} ${agents === 1 ? 'agent' : 'agents'}`;
  const what = `${streams} ${streams === 1 ? 'stream' : 'streams'}`;
  const samples = `${rateNumber(samplesPerSecond)} samples/s`;
  return `would run on ${where}: ${what}, ${samples}, ${rateNumber(packetsPerSecond)} packets/s`;
}
