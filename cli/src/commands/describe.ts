import type { Balance, EventList, TestDetail } from '@streamswarm/contract';
import { formatCount, formatPercent, formatSeconds } from '@streamswarm/contract/format/numbers';
import { Command } from 'commander';
import { age } from '../output/age.ts';
import { clean, tableLines } from '../output/table.ts';
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

const EXAMPLES = `
Examples:
  streamswarm describe hello
  streamswarm describe shop/shop-to-edge`;

export function describeCommand(room: CommandRoom): Command {
  return withNamespace(withServer(new Command('describe')))
    .description('one test: state, what it measures and where, its books, what happened')
    .argument('<test>', 'NAME or NAMESPACE/NAME')
    .addHelpText('after', EXAMPLES)
    .action((text: string, flags: Flags) => describe(text, flags, room));
}

async function describe(text: string, flags: Flags, room: CommandRoom): Promise<void> {
  const { namespace, name } = testName(text, flags.namespace);
  const api = connect(flags);
  const path = testPath(namespace, name);
  const [{ body: detail }, { body: events }] = await Promise.all([
    api.call<TestDetail>(path),
    api.call<EventList>(`${path}/events?limit=10`),
  ]);
  room.out(`${describeLines(detail, events, room.nowMs()).join('\n')}\n`);
}

/** What people read; one fact a line. */
export function describeLines({ summary, pairs }: TestDetail, events: EventList, nowMs: number): string[] {
  const { run, agents, problems } = summary;
  const facts: [string, string][] = [
    ['Name', summary.name],
    ['Namespace', summary.namespace],
    ['Description', summary.description ?? '-'],
    ['State', summary.message === null ? summary.state : `${summary.state}: ${summary.message}`],
    [
      'Run',
      run === null
        ? 'none'
        : `#${run.number}, ${run.reason}, ${run.result ?? 'running'}, began ${age(run.startTime, nowMs)} ago`,
    ],
    ['Agents', `${agents.reporting} of ${agents.assigned} report`],
    ['Loss', summary.lossRatio === null ? 'not measured' : formatPercent(summary.lossRatio)],
    [
      'P95',
      summary.p95Seconds === null
        ? 'not measured'
        : `${formatSeconds(summary.p95Seconds)} (${summary.p95Metric ?? ''})`,
    ],
    ['Books', booksLine(summary.books)],
  ];
  const widest = Math.max(...facts.map(([head]) => head.length)) + 1;
  const measured = tableLines(
    [
      { head: 'PROBE', cell: (pair) => pair.probe },
      { head: 'DESTINATION', cell: (pair) => pair.destination ?? 'the agent itself' },
      { head: 'TARGET', cell: (pair) => pair.target ?? '-' },
      { head: 'EVERY', right: true, cell: (pair) => `${pair.periodSeconds}s` },
      { head: 'NOT MEASURED', cell: (pair) => pair.reason ?? '' },
    ],
    pairs,
  );
  return [
    ...facts.map(([head, value]) => `${`${head}:`.padEnd(widest)}  ${clean(value)}`),
    ...section(
      'Problems',
      problems.map(({ reason, message }) => `${reason}: ${clean(message)}`),
    ),
    ...section('Measures', measured),
    ...section(
      'Events',
      events.items.map(({ at, reason, message }) => `${age(at, nowMs)}  ${reason}: ${clean(message)}`),
    ),
  ];
}

function booksLine({ scheduled, ...outcomes }: Balance): string {
  const parts = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${formatCount(count)}`);
  return `scheduled ${formatCount(scheduled)} = ${parts.join(' + ')}`;
}

function section(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${head}:`, ...lines.map((line) => `  ${line}`)];
}
