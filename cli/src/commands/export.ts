import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
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

interface Flags extends ServerFlags, NamespaceFlags {
  readonly format: string;
  readonly probe?: string;
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
}

const EXAMPLES = `
Examples:
  streamswarm export hello > hello.csv
  streamswarm export hello --probe tcp --range 24h --format json --out hello.json
  streamswarm export hello --from 2026-12-01T00:00:00Z --to 2026-12-02T00:00:00Z
  streamswarm export hello --format pdf --range 24h --out report.pdf

csv and json: one row a slot, oldest first. Metrics have SI units, which stand in their names; a null one has its
reason in nulls. pdf: a report of the whole test, with charts.`;

/** Work that takes longer says how far it is. */
const PROGRESS_EVERY_MS = 2_000;

export function exportCommand(room: CommandRoom): Command {
  return withNamespace(withServer(new Command('export')))
    .description('samples of a test as a file, or a report of it as PDF')
    .argument('<test>', 'NAME or NAMESPACE/NAME')
    .addOption(
      new Option('--format <format>', 'form of the file').choices(['csv', 'json', 'pdf']).default('csv'),
    )
    .option('--probe <name>', 'probe of the test (default: its first)')
    .option('--range <duration>', 'the time up to now, such as 24h (default: 1h)')
    .option('--from <time>', 'begin, RFC 3339')
    .option('--to <time>', 'end, not included, RFC 3339')
    .option('--out <file>', 'write here (default: standard output)')
    .addHelpText('after', EXAMPLES)
    .action((text: string, flags: Flags) => exportTest(text, flags, room));
}

async function exportTest(text: string, flags: Flags, room: CommandRoom): Promise<void> {
  const { namespace, name } = testName(text, flags.namespace);
  if (flags.format === 'pdf' && flags.out === undefined && room.isTerminal) {
    throw new CommandFailed(
      'A PDF is nothing that a terminal can show: name a file with --out, or send the output on.',
      EXIT.usage,
    );
  }
  const query = new URLSearchParams({ format: flags.format });
  for (const key of ['probe', 'range', 'from', 'to'] as const) {
    const value = flags[key];
    if (value !== undefined) query.set(key, value);
  }
  const answer = await connect(flags).stream(`${testPath(namespace, name)}/export?${query}`);
  if (answer.body === null) throw new CommandFailed('The answer has no body.');
  let bytes = 0;
  let toldMs = room.nowMs();
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (room.nowMs() - toldMs > PROGRESS_EVERY_MS) {
        toldMs = room.nowMs();
        room.note(`${(bytes / 1e6).toFixed(1)} MB so far\n`);
      }
      done(null, chunk);
    },
  });
  const source = Readable.fromWeb(answer.body);
  if (flags.out !== undefined) {
    await pipeline(source, counted, createWriteStream(flags.out));
    room.note(`${(bytes / 1e6).toFixed(1)} MB in ${flags.out}\n`);
    return;
  }
  // A pipeline, so that a broken connection is a failure and not a short file.
  await pipeline(source, counted, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) room.out(chunk);
  });
}
