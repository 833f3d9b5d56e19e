import type { Results, Series } from '@streamswarm/contract';
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
  testPath,
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
      await showResults(`${testPath(namespace, name)}/results`, flags, room);
    });
}

export function topCommand(room: CommandRoom): Command {
  return withRange(new Command('top'), '15m')
    .description('where it is slow or lossy now, over all tests')
    .addHelpText('after', TOP_EXAMPLES)
    .action((flags: Flags) => showResults('/api/v1/results', flags, room));
}

function withRange(command: Command, range: string): Command {
  return withOutput(withNamespace(withServer(command)))
    .option('--probe <name>', 'probe (default: the first of the test, or icmp)')
    .option('--metric <name>', 'metric of the probe (default: what it is about)')
    .option('--agent <name>', 'only this agent')
    .option('--destination <name>', 'only this destination')
    .option('--range <duration>', 'the time up to now, such as 24h', range);
}

async function showResults(path: string, flags: Flags, room: CommandRoom): Promise<void> {
  // One step as long as the range: the server merges what lies in it.
  const query = new URLSearchParams({ by: 'stream', range: flags.range, step: flags.range });
  for (const key of ['probe', 'metric', 'agent', 'destination'] as const) {
    const value = flags[key];
    if (value !== undefined) query.set(key, value);
  }
  const { body } = await connect(flags).call<Results>(`${path}?${query}`);
  const rows = body.series.flatMap(streamOf).toSorted((a, b) => (b.p95 ?? -1) - (a.p95 ?? -1));
  if (rows.length === 0) room.note(`Nothing was measured within ${flags.range}.\n`);
  room.out(writeObjects({ columns: columns(body.unit), rows, name: rowName }, flags.output));
  if (rows.length > 0 && flags.output === 'wide') {
    room.note(`${body.probe}.${body.metric}, ${body.from} to ${body.to}, served by ${body.level}\n`);
  }
}

interface Row {
  readonly agent: string | null;
  readonly destination: string | null;
  readonly values: number;
  readonly sent: number;
  readonly lost: number;
  readonly min: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

const rowName = ({ agent, destination }: Row): string => `${agent ?? '-'}/${destination ?? '-'}`;

/** The step in which most lies: a range that does not begin on a step touches two. */
function streamOf(series: Series): Row[] {
  const most = series.sent.reduce((best, sent, i) => (sent > (series.sent[best] ?? 0) ? i : best), 0);
  const at = (column: readonly (number | null)[]): number | null => column[most] ?? null;
  if ((series.sent[most] ?? 0) === 0 && (series.n[most] ?? 0) === 0) return [];
  return [
    {
      agent: series.agent,
      destination: series.destination,
      values: series.n[most] ?? 0,
      sent: series.sent[most] ?? 0,
      lost: series.lost[most] ?? 0,
      min: at(series.min),
      p50: at(series.p50),
      p95: at(series.p95),
      p99: at(series.p99),
      max: at(series.max),
    },
  ];
}

function columns(unit: string): Column<Row>[] {
  const value = (head: string, read: (row: Row) => number | null, wide = false): Column<Row> => ({
    head,
    right: true,
    wide,
    cell: (row) => {
      const number = read(row);
      return number === null ? '-' : joined(metricQuantity(number, unit));
    },
  });
  return [
    { head: 'AGENT', cell: ({ agent }) => agent ?? '-' },
    { head: 'DESTINATION', cell: ({ destination }) => destination ?? 'the agent itself' },
    { head: 'VALUES', right: true, cell: ({ values }) => formatCount(values) },
    {
      head: 'LOSS',
      right: true,
      cell: ({ sent, lost }) => (sent === 0 ? '-' : formatPercent(lost / sent)),
    },
    value('MIN', ({ min }) => min, true),
    value('P50', ({ p50 }) => p50),
    value('P95', ({ p95 }) => p95),
    value('P99', ({ p99 }) => p99),
    value('MAX', ({ max }) => max, true),
  ];
}
