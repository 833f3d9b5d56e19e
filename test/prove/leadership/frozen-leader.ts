import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '@streamswarm/operator/store/database';
import { pino } from 'pino';
import { startClusterStreet } from '../../support/cluster-street.ts';
import { startFaultProxy } from '../../support/kube-faults/fault-proxy.ts';
import { waitUntil } from '../../support/wait-until.ts';

export interface FrozenLeaderFigures {
  readonly frozenSeconds: number;
  /** From SIGSTOP until another leads, s. */
  readonly takeoverSeconds: number;
  /** From a clean stop until another leads, s. */
  readonly cleanTakeoverSeconds: number;
  /** Writes of the old leader to the API server after it woke up. */
  readonly writesAfterThaw: number;
  /** Runs of the tests that were there: one each. */
  readonly runs: readonly string[];
  readonly unaccounted: number;
}

/**
 * The leader is frozen (SIGSTOP) and returns; another has taken over meanwhile. Then the new one is stopped in
 * order. No run starts twice, and who has been deposed writes nothing.
 */
export async function proveFrozenLeader({
  frozenSeconds,
}: {
  readonly frozenSeconds: number;
}): Promise<FrozenLeaderFigures> {
  const street = await startClusterStreet();
  const db = openDatabase({ url: street.postgres.url, logger: pino({ level: 'silent' }) });
  let writes = 0;
  const proxy = await startFaultProxy({
    url: street.plane.url,
    certFile: street.plane.caFile,
    kubeconfigPath: street.plane.kubeconfigPath,
    dir: street.dir,
    onCarriedOut: (method) => {
      if (method !== 'GET') writes++;
    },
  });
  const epoch = async (): Promise<number> =>
    (await db.query<{ epoch: number }>('select epoch::float8 as epoch from leadership'))[0]?.epoch ?? 0;
  const apply = (name: string): Promise<string> =>
    street.kubectl(
      ['apply', '-f', '-'],
      `{apiVersion: streamswarm.dev/v1alpha1, kind: StreamTest, metadata: {name: ${name}, namespace: default},
        spec: {destinations: [{name: a, host: 127.0.0.1}], probes: [{icmp: {count: 1}}], interval: 1s}}`,
    );
  const isReady = (name: string): Promise<true> =>
    waitUntil(`${name} is planned`, async () =>
      (await street.status('default', name))?.conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      ),
    );
  try {
    // The first to lead goes through the proxy, so that its writes are counted.
    await street.operator.process.signal('SIGTERM');
    const first = await street.replica('first', { kubeconfig: proxy.kubeconfigPath });
    const second = await street.replica('second');
    first.process.start();
    await waitUntil('the first replica is ready', async () => (await fetch(`${first.api}/readyz`)).ok);
    const led = await waitUntil('the first replica leads', async () => (await epoch()) || null);
    second.process.start();
    await waitUntil('the second replica is ready', async () => (await fetch(`${second.api}/readyz`)).ok);
    street.agent('h1', second.api).start();
    await apply('before');
    await isReady('before');

    const frozenMs = performance.now();
    await first.process.signal('SIGSTOP');
    await apply('meanwhile');
    await waitUntil('another leads', async () => (await epoch()) > led, { everyMs: 50 });
    const takeoverSeconds = (performance.now() - frozenMs) / 1_000;
    await isReady('meanwhile');
    await delay(Math.max(0, frozenSeconds * 1_000 - (performance.now() - frozenMs)));
    const writesBefore = writes;
    await first.process.signal('SIGCONT');
    await apply('after');
    await isReady('after');
    await delay(5_000);
    const writesAfterThaw = writes - writesBefore;

    const secondEpoch = await epoch();
    const stoppedMs = performance.now();
    const stopped = second.process.signal('SIGTERM');
    await waitUntil('the first leads again', async () => (await epoch()) > secondEpoch, { everyMs: 20 });
    const cleanTakeoverSeconds = (performance.now() - stoppedMs) / 1_000;
    await stopped;

    await street.kubectl(['delete', 'stt', '--all', '-n', 'default']);
    await waitUntil('all runs have ended', async () => {
      const [row] = await db.query<{ open: number }>(
        'select count(*)::int4 as open from run where end_ms is null',
      );
      return row?.open === 0;
    });
    const runs = await db.query<{ run: string }>(
      `select name || ' ' || number || ' ' || reason as run from run join stream_test on uid = test_uid order by 1`,
    );
    const books = (await (await fetch(`${first.api}/api/v1/accounting`)).json()) as { unaccounted: number };
    return {
      frozenSeconds,
      takeoverSeconds,
      cleanTakeoverSeconds,
      writesAfterThaw,
      runs: runs.map(({ run }) => run),
      unaccounted: books.unaccounted,
    };
  } finally {
    await db.close();
    await proxy.stop();
    await street.stop();
  }
}
