import type { Matrix, MatrixCell } from '@streamswarm/contract';
import { formatCount, formatPercent, joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import { Command } from 'commander';
import type { Column } from '../output/table.ts';
import { writeObjects } from '../output/write-objects.ts';
import {
  type CommandRoom,
  connect,
  type NamespaceFlags,
  type OutputFlags,
  type ServerFlags,
  testName,
  withNamespace,
  withOutput,
  withServer,
} from './shared-options.ts';

interface Flags extends ServerFlags, NamespaceFlags, OutputFlags {
  readonly probe?: string;
  readonly metric?: string;
  readonly agent?: string;
  readonly destination?: string;
  readonly range: string;
}

const RESULTS_EXAMPLES = `
Examples:
  streamswarm results hello
  streamswarm results hello --probe http --metric ttfb_seconds --range 24h
  streamswarm results hello --destination edge -o json

One line for each agent and destination over the whole range, the slowest first. Percentiles are of all values of the
range, not of averages.`;

const TOP_EXAMPLES = `
Examples:
  streamswarm top
  streamswarm top --probe tcp --range 5m

All tests together, the slowest agent and destination first.`;

export function resultsCommand(room: CommandRoom): Command {
  return withRange(new Command('results'), '1h')
    .description('what a test measured, by agent and destination')
    .argument('<test>', 'NAME or NAMESPACE/NAME')
    .addHelpText('after', RESULTS_EXAMPLES)
    .action(async (text: string, flags: Flags) => {
      const { namespace, name } = testName(text, flags.namespace);
      await showMatrix(flags, { test: `${namespace}/${name}` }, room);
    });
}

export function topCommand(room: CommandRoom): Command {
  return withRange(new Command('top'), '15m')
    .description('where it is slow or lossy now, over all tests')
    .addHelpText('after', TOP_EXAMPLES)
    .action((flags: Flags) => showMatrix(flags, {}, room));
}

function withRange(command: Command, range: string): Command {
  return withOutput(withNamespace(withServer(command)))
    .option('--probe <name>', 'probe (default: the first of the test, or icmp)')
    .option('--metric <name>', 'metric of the probe (default: what it is about)')
    .option('--agent <name>', 'only this agent')
    .option('--destination <name>', 'only this destination')
    .option('--range <duration>', 'the time up to now, such as 24h', range);
}

async function showMatrix(flags: Flags, which: { readonly test?: string }, room: CommandRoom): Promise<void> {
  const query = new URLSearchParams({ ...which, range: flags.range });
  for (const key of ['probe', 'metric', 'agent', 'destination'] as const) {
    const value = flags[key];
    if (value !== undefined) query.set(key, value);
  }
  const { body } = await connect(flags).call<Matrix>(`/api/v1/matrix?${query}`);
  const rows = body.cells.toSorted((a, b) => (b.p95 ?? -1) - (a.p95 ?? -1));
  if (rows.length === 0) room.note(`Nothing was planned within ${flags.range}.\n`);
  room.out(writeObjects({ columns: columns(body.unit), rows, name: cellName }, flags.output));
  if (rows.length > 0 && flags.output === 'wide') {
    room.note(`${body.probe}.${body.metric}, ${body.from} to ${body.to}, served by ${body.level}\n`);
  }
}

const cellName = ({ agent, destination }: MatrixCell): string => `${agent ?? '-'}/${destination ?? '-'}`;

function columns(unit: string): Column<MatrixCell>[] {
  const value = (
    head: string,
    read: (cell: MatrixCell) => number | null,
    wide = false,
  ): Column<MatrixCell> => ({
    head,
    right: true,
    wide,
    cell: (cell) => {
      const number = read(cell);
      return number === null ? '-' : joined(metricQuantity(number, unit));
    },
  });
  return [
    { head: 'AGENT', cell: ({ agent }) => agent ?? '-' },
    { head: 'DESTINATION', cell: ({ destination }) => destination ?? 'the agent itself' },
    { head: 'VALUES', right: true, cell: ({ n }) => formatCount(n) },
    {
      head: 'LOSS',
      right: true,
      cell: ({ sent, lost }) => (sent === 0 ? '-' : formatPercent(lost / sent)),
    },
    { head: 'ERROR', right: true, cell: ({ error }) => formatCount(error) },
    value('MIN', ({ min }) => min, true),
    value('P50', ({ p50 }) => p50),
    value('P95', ({ p95 }) => p95),
    value('P99', ({ p99 }) => p99),
    value('MAX', ({ max }) => max, true),
  ];
}
