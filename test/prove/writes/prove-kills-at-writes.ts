import { isDeepStrictEqual } from 'node:util';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { openDatabase } from '@streamswarm/operator/store/database';
import { pino } from 'pino';
import { type ClusterStreet, type Replica, startClusterStreet } from '../../support/cluster-street.ts';
import { startFaultProxy } from '../../support/kube-faults/fault-proxy.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { startCommitCounter } from './commit-counter.ts';

export interface KillFigures {
  /** Writes (to the API server and commits in Postgres) after which the operator was killed. */
  readonly kills: number;
  /** Writes that one life of a test takes. */
  readonly writes: number;
  /** Kills after which the end differed. */
  readonly different: readonly string[];
}

/** What is left when a test has lived through its life: the same, wherever the operator was killed. */
interface FinalState {
  readonly state: string | undefined;
  readonly conditions: readonly string[];
  readonly lastHandledRunNow: string | undefined;
  readonly runs: readonly string[];
  readonly openSpans: number;
  readonly unaccounted: number;
}

const RUN_NOW = 'again-1';

/**
 * The operator is killed (-9) after its k-th write, for every `step`-th k up to the writes of a life without a kill.
 * In a life a test is applied, edited, over, and run again by hand. The operator is started again each time; what is
 * left must be what is left without a kill.
 */
export async function proveKillsAtWrites({
  from = 1,
  step,
}: {
  /** The first k. */
  readonly from?: number;
  readonly step: number;
}): Promise<KillFigures> {
  const street = await startClusterStreet();
  await street.operator.process.signal('SIGTERM');
  let writes = 0;
  let killAt = Number.POSITIVE_INFINITY;
  let victim: Replica | null = null;
  const count = (): void => {
    writes++;
    if (writes === killAt) void victim?.process.signal('SIGKILL');
  };
  const proxy = await startFaultProxy({
    url: street.plane.url,
    certFile: street.plane.caFile,
    kubeconfigPath: street.plane.kubeconfigPath,
    dir: street.dir,
    onCarriedOut: (method) => method !== 'GET' && count(),
  });
  const commits = await startCommitCounter(street.postgres.url, count);
  const operator = await street.replica('victim', {
    kubeconfig: proxy.kubeconfigPath,
    databaseUrl: commits.url,
  });
  victim = operator;
  const agent = street.agent('h1', operator.api);
  const life = async (name: string, kill: number): Promise<FinalState> => {
    writes = 0;
    killAt = kill;
    operator.process.start();
    const end = await liveThrough(street, { name, operator });
    await operator.process.signal('SIGTERM');
    // A start looks at every test there is: those of earlier lives would add writes to each later one.
    await street.kubectl(['delete', 'stt', name, '-n', 'default']);
    return end;
  };
  try {
    operator.process.start();
    await waitUntil('the API is ready', async () => (await fetch(`${operator.api}/readyz`)).ok);
    agent.start();
    await waitUntil('the agent is there', async () =>
      (await street.kubectl(['get', 'sta', '-o', 'name'])).includes('h1'),
    );
    await operator.process.signal('SIGTERM');
    const expected = await life('untouched', Number.POSITIVE_INFINITY);
    const different: string[] = [];
    let kills = 0;
    let most = writes;
    const last = writes;
    for (let k = from; k <= last; k += step) {
      const end = await life(`kill-${k}`, k);
      if (writes < k) continue;
      kills++;
      most = Math.max(most, writes);
      const isSame = isDeepStrictEqual(end, expected);
      if (!isSame) different.push(`k=${k}: ${JSON.stringify(end)}`);
      process.stderr.write(
        `  killed after write ${k} of ${writes}: ${isSame ? 'the same end' : 'ANOTHER END'}\n`,
      );
    }
    if (different.length > 0) different.unshift(`expected ${JSON.stringify(expected)}`);
    return { kills, writes: most, different };
  } finally {
    await operator.process.signal('SIGKILL');
    await proxy.stop();
    await commits.stop();
    await street.stop();
  }
}

async function liveThrough(
  street: ClusterStreet,
  { name, operator }: { readonly name: string; readonly operator: Replica },
): Promise<FinalState> {
  const isIn = async (states: string, runNumber: number): Promise<boolean> => {
    if (!operator.process.running) operator.process.start();
    const status = await street.status('default', name);
    return states.split(' or ').includes(status?.state ?? '') && status?.run?.number === runNumber;
  };
  const reach = (states: string, runNumber: number): Promise<true> =>
    waitUntil(`${name} is ${states} in run ${runNumber}`, () => isIn(states, runNumber), { everyMs: 50 });
  const manifest = (probes: string): string =>
    `{apiVersion: streamswarm.dev/v1alpha1, kind: StreamTest, metadata: {name: ${name}, namespace: default},
      spec: {destinations: [{name: a, host: 127.0.0.1}], probes: [${probes}], interval: 1s, duration: 4s}}`;
  await street.kubectl(['apply', '-f', '-'], manifest('{icmp: {count: 1}}'));
  // A kill may cost more than the run is long.
  await reach('Running or Complete', 1);
  await street.kubectl(['apply', '-f', '-'], manifest('{icmp: {count: 1}}, {host: {}}'));
  await reach('Complete', 1);
  await street.kubectl(['annotate', 'stt', name, '-n', 'default', `streamswarm.dev/run-now=${RUN_NOW}`]);
  await reach('Complete', 2);
  return finalState(street, name);
}

async function finalState(street: ClusterStreet, name: string): Promise<FinalState> {
  const status = await street.status('default', name);
  const db = openDatabase({ url: street.postgres.url, logger: pino({ level: 'silent' }) });
  try {
    const runs = await db.query<{ run: string }>(
      `select number || ' ' || reason || ' ' || result as run from run join stream_test on uid = test_uid
       where name = $1 order by number`,
      [name],
    );
    const [spans] = await db.query<{ open: number }>(
      `select count(*)::int4 as open from span join stream_test on uid = test_uid where name = $1 and to_ms is null`,
      [name],
    );
    const books = await loadBooks(db, { namespace: 'default', test: name });
    return {
      state: status?.state,
      conditions: (status?.conditions ?? []).map(({ type, status: is, reason }) => `${type}=${is}:${reason}`),
      lastHandledRunNow: status?.lastHandledRunNow,
      runs: runs.map(({ run }) => run),
      openSpans: spans?.open ?? -1,
      unaccounted: books.unaccounted,
    };
  } finally {
    await db.close();
  }
}
