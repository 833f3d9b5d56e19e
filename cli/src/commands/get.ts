import type { AgentView, EventList, Run, TestList, TestSummary } from '@streamswarm/contract';
import { formatCount, formatPercent, formatSeconds } from '@streamswarm/contract/format/numbers';
import { Command } from 'commander';
import type { ApiClient } from '../api-client/api-client.ts';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import { age } from '../output/age.ts';
import type { Column } from '../output/table.ts';
import { type Listing, writeObjects } from '../output/write-objects.ts';
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
  readonly allNamespaces?: boolean;
  readonly watch?: boolean;
}

interface Wish {
  readonly names: readonly string[];
  readonly flags: Flags;
  readonly nowMs: number;
}

const EXAMPLES = `
Examples:
  streamswarm get tests
  streamswarm get tests -A -o wide
  streamswarm get test hello -o yaml        the manifest, as it can be applied again
  streamswarm get agents
  streamswarm get runs hello
  streamswarm get events -w                 new ones as they come, until Ctrl-C

Exit code 3: there is none of that name.`;

const WATCH_EVERY_MS = 2_000;

export function getCommand(room: CommandRoom): Command {
  return withOutput(withNamespace(withServer(new Command('get'))))
    .description('list tests, agents, runs or events')
    .argument('<kind>', 'tests, agents, runs or events')
    .argument('[names...]', 'only these')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('-w, --watch', 'go on with what changes')
    .addHelpText('after', EXAMPLES)
    .action((kind: string, names: string[], flags: Flags) => get(kind, { names, flags, room }));
}

async function get(
  kind: string,
  { names, flags, room }: { names: readonly string[]; flags: Flags; room: CommandRoom },
): Promise<void> {
  const list = KINDS[kind.toLowerCase()];
  if (list === undefined) {
    throw new CommandFailed(
      `There is no kind ${JSON.stringify(kind)}: tests, agents, runs or events.`,
      EXIT.usage,
    );
  }
  const api = connect(flags);
  const read = (): Promise<string> => list(api, { names, flags, nowMs: room.nowMs() });
  const first = await read();
  if (first === '' && flags.output !== 'name') room.note(`No ${kind} found.\n`);
  room.out(first);
  if (flags.watch !== true) return;
  let shown = new Set(first.split('\n'));
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, WATCH_EVERY_MS));
    const lines = (await read()).split('\n');
    for (const line of lines) if (!shown.has(line)) room.out(`${line}\n`);
    shown = new Set(lines);
  }
}

type List = (api: ApiClient, wish: Wish) => Promise<string>;

const called = (list: List, ...words: string[]): [string, List][] => words.map((word) => [word, list]);
const KINDS: Readonly<Record<string, List>> = Object.fromEntries([
  ...called(getTests, 'tests', 'test', 'streamtests', 'streamtest', 'stt'),
  ...called(getAgents, 'agents', 'agent', 'streamagents', 'streamagent', 'sta'),
  ...called(getRuns, 'runs', 'run'),
  ...called(getEvents, 'events', 'event', 'ev'),
]);

const NONE = '-';
const perhaps = <T>(value: T | null, words: (value: T) => string): string =>
  value === null ? NONE : words(value);

function testColumns(nowMs: number, everywhere: boolean): Column<TestSummary>[] {
  return [
    ...(everywhere ? [{ head: 'NAMESPACE', cell: ({ namespace }: TestSummary) => namespace }] : []),
    { head: 'NAME', cell: ({ name }) => name },
    { head: 'STATE', cell: ({ state }) => state },
    { head: 'INTERVAL', right: true, cell: ({ intervalSeconds }) => `${intervalSeconds}s` },
    {
      head: 'PROGRESS',
      right: true,
      cell: ({ run }) => perhaps(run?.progressRatio ?? null, (ratio) => `${Math.floor(ratio * 100)}%`),
    },
    { head: 'AGENTS', right: true, cell: ({ agents }) => `${agents.reporting}/${agents.assigned}` },
    { head: 'LOSS', right: true, cell: ({ lossRatio }) => perhaps(lossRatio, formatPercent) },
    { head: 'P95', right: true, cell: ({ p95Seconds }) => perhaps(p95Seconds, formatSeconds) },
    { head: 'LAST', right: true, cell: ({ lastResultTime }) => age(lastResultTime, nowMs) },
    { head: 'AGE', right: true, cell: ({ created }) => age(created, nowMs) },
    { head: 'DESTINATIONS', wide: true, cell: ({ destinations }) => destinations.join(',') },
    { head: 'PROBES', wide: true, cell: ({ probes }) => probes.join(',') },
  ];
}

async function getTests(api: ApiClient, { names, flags, nowMs }: Wish): Promise<string> {
  const everywhere = flags.allNamespaces === true;
  const listing = (rows: readonly TestSummary[]): Listing<TestSummary> => ({
    columns: testColumns(nowMs, everywhere),
    rows,
    name: ({ namespace, name }) => (everywhere ? `streamtest/${namespace}/${name}` : `streamtest/${name}`),
  });
  if (names.length === 0)
    return writeObjects(listing(await allTests(api, everywhere ? null : flags.namespace)), flags.output);
  const details = await Promise.all(
    names.map(async (text) => {
      const { namespace, name } = testName(text, flags.namespace);
      return (await api.call<{ summary: TestSummary; manifest: unknown }>(testPath(namespace, name))).body;
    }),
  );
  const manifests = new Map(details.map(({ summary, manifest }) => [summary.uid, manifest]));
  return writeObjects(
    {
      ...listing(details.map(({ summary }) => summary)),
      object: ({ uid }) => manifests.get(uid),
      isOne: names.length === 1,
    },
    flags.output,
  );
}

async function allTests(api: ApiClient, namespace: string | null): Promise<TestSummary[]> {
  const found: TestSummary[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '500' });
    if (namespace !== null) query.set('namespace', namespace);
    if (cursor !== null) query.set('cursor', cursor);
    const { body }: { body: TestList } = await api.call<TestList>(`/api/v1/tests?${query}`);
    found.push(...body.items);
    cursor = body.next;
  } while (cursor !== null);
  return found;
}

async function getAgents(api: ApiClient, { names, flags, nowMs }: Wish): Promise<string> {
  const { body } = await api.call<{ items: AgentView[] }>('/api/v1/agents');
  const missing = names.find((name) => !body.items.some((agent) => agent.name === name));
  if (missing !== undefined) throw new CommandFailed(`There is no agent ${missing}.`, EXIT.notFound);
  const columns: Column<AgentView>[] = [
    { head: 'NAME', cell: ({ name }) => name },
    { head: 'KIND', cell: ({ kind }) => kind },
    { head: 'ONLINE', cell: ({ online }) => (online ? 'yes' : 'no') },
    { head: 'TESTS', right: true, cell: ({ tests }) => formatCount(tests) },
    { head: 'STREAMS', right: true, cell: ({ streams }) => formatCount(streams) },
    { head: 'LAST', right: true, cell: ({ lastSeen }) => age(lastSeen, nowMs) },
    { head: 'VERSION', cell: ({ version }) => version },
    { head: 'SPOOLED', right: true, wide: true, cell: ({ spool }) => formatCount(spool.batches) },
    { head: 'ADDRESSES', wide: true, cell: ({ addresses }) => addresses.join(',') },
    { head: 'KERNEL', wide: true, cell: ({ platform }) => platform.kernel },
  ];
  const rows = names.length === 0 ? body.items : body.items.filter(({ name }) => names.includes(name));
  return writeObjects(
    { columns, rows, name: ({ name }) => `streamagent/${name}`, isOne: names.length === 1 },
    flags.output,
  );
}

async function getRuns(api: ApiClient, { names, flags, nowMs }: Wish): Promise<string> {
  const [text, ...rest] = names;
  if (text === undefined || rest.length > 0) {
    throw new CommandFailed('Runs are those of one test: streamswarm get runs NAME', EXIT.usage);
  }
  const { namespace, name } = testName(text, flags.namespace);
  const { body } = await api.call<{ runs: Run[] }>(testPath(namespace, name));
  const columns: Column<Run>[] = [
    { head: 'RUN', right: true, cell: ({ number }) => String(number) },
    { head: 'REASON', cell: ({ reason }) => reason },
    { head: 'STARTED', right: true, cell: ({ startTime }) => age(startTime, nowMs) },
    { head: 'RESULT', cell: ({ result }) => result ?? 'running' },
  ];
  return writeObjects({ columns, rows: body.runs, name: ({ id }) => `run/${id}` }, flags.output);
}

async function getEvents(api: ApiClient, { flags, nowMs }: Wish): Promise<string> {
  const query = flags.allNamespaces === true ? '' : `?namespace=${encodeURIComponent(flags.namespace)}`;
  const { body } = await api.call<EventList>(`/api/v1/events${query}`);
  const columns: Column<EventList['items'][number]>[] = [
    // A watch compares lines: an age would make each of them new all the time.
    { head: 'TIME', cell: ({ at }) => (flags.watch === true ? at : age(at, nowMs)) },
    { head: 'TYPE', cell: ({ warning }) => (warning ? 'Warning' : 'Normal') },
    { head: 'REASON', cell: ({ reason }) => reason },
    { head: 'OBJECT', cell: ({ test, agent }) => test ?? agent ?? NONE },
    { head: 'MESSAGE', cell: ({ message }) => message },
  ];
  return writeObjects(
    { columns, rows: body.items.toReversed(), name: ({ id }) => `event/${id}` },
    flags.output,
  );
}
