import { setTimeout as delay } from 'node:timers/promises';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { STREAM_AGENTS, STREAM_TESTS } from '@streamswarm/operator/kube/objects';
import { startWatchCache } from '@streamswarm/operator/kube/watch-cache';
import { openDatabase } from '@streamswarm/operator/store/database';
import type { StreamTestObject } from '@streamswarm/operator/stream-tests/stream-test-object';
import { pino } from 'pino';
import { quantile } from '../../bench/figure.ts';
import { startClusterStreet } from '../../support/cluster-street.ts';
import { inParallel } from '../../support/in-parallel.ts';
import { startSwarm } from '../../support/swarm/swarm.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { processFigures } from './process-figures.ts';
import { busiestSecond, statusWrites } from './status-writes.ts';

export interface ManyTestsWish {
  readonly tests: number;
  readonly agents: number;
  readonly agentsPerTest: number;
  readonly testsPerSecond: number;
  readonly intervalSeconds: number;
  /** How long the steady state is watched, s. */
  readonly steadySeconds: number;
}

/** As `npm test` runs it. */
export const MANY_TESTS_SHORT: ManyTestsWish = {
  tests: 50,
  agents: 100,
  agentsPerTest: 20,
  testsPerSecond: 5,
  intervalSeconds: 2,
  steadySeconds: 10,
};
export const MANY_TESTS_LONG: ManyTestsWish = {
  tests: 1_000,
  agents: 1_000,
  agentsPerTest: 20,
  testsPerSecond: 5,
  intervalSeconds: 60,
  steadySeconds: 120,
};

export interface ManyTestsFigures {
  /** From before the create until each agent of the test had the assignment, s. */
  readonly toAgentSecondsP50: number;
  readonly toAgentSecondsP95: number;
  readonly toAgentSecondsMax: number;
  /** Until Ready=True was seen in a watch, s. */
  readonly toReadySecondsP95: number;
  readonly toReadySecondsMax: number;
  readonly assigned: number;
  readonly steadyWritesPerSecond: number;
  readonly steadyWritesBusiestSecond: number;
  readonly operatorRssMiB: number;
  readonly operatorCpuShareWhileApplying: number;
  readonly operatorCpuShareSteady: number;
  readonly simulatorRssMiB: number;
  readonly simulatorCpuSeconds: number;
  readonly simulatorFailures: number;
  readonly simulatorMessages: Readonly<Record<string, number>>;
  readonly unaccounted: number;
}

const NAMESPACE = 'default';

/** Many tests over many simulated agents, each chosen by a label: what it takes and how soon it is there. */
export async function proveManyTests(wish: ManyTestsWish): Promise<ManyTestsFigures> {
  const street = await startClusterStreet();
  const kube = openKubeClient({
    kubeconfigPath: street.plane.kubeconfigPath,
    logger: pino({ level: 'silent' }),
  });
  const db = openDatabase({ url: street.postgres.url, logger: pino({ level: 'silent' }) });
  try {
    const groups = Math.max(1, Math.floor(wish.agents / wish.agentsPerTest));
    await inParallel(
      Array.from({ length: wish.agents }, (_, n) => n),
      16,
      (n) => {
        const metadata = { name: `sim-${n}`, labels: { group: `g${n % groups}` } };
        return kube.create(STREAM_AGENTS, { metadata, spec: { kind: 'Host' } });
      },
    );
    const swarm = await startSwarm(street.operator.api, 'sim', wish.agents);
    await waitUntil(
      'every agent has its label',
      async () => {
        const [row] = await db.query<{ count: number }>(
          `select count(*)::int4 as count from agent where labels ? 'group'`,
        );
        return row?.count === wish.agents;
      },
      { timeoutMs: 300_000, everyMs: 500 },
    );

    const readyAt = new Map<string, number>();
    const cache = startWatchCache<StreamTestObject>({
      client: kube,
      resource: STREAM_TESTS,
      logger: pino({ level: 'silent' }),
    });
    cache.onChange(({ object }) => {
      const isReady = object.status?.conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      );
      const key = `${NAMESPACE}/${object.metadata.name}`;
      if (isReady === true && !readyAt.has(key)) readyAt.set(key, Date.now());
    });
    await cache.synced;

    const createdAt = new Map<string, number>();
    const before = processFigures(street.operator.process.pid);
    const beginMs = Date.now();
    for (let n = 0; n < wish.tests; n++) {
      await delay(Math.max(0, beginMs + (n * 1_000) / wish.testsPerSecond - Date.now()));
      createdAt.set(`${NAMESPACE}/load-${n}`, Date.now());
      await kube.create(STREAM_TESTS, {
        metadata: { name: `load-${n}`, namespace: NAMESPACE },
        spec: {
          destinations: [{ name: 'a', host: '198.18.0.1' }],
          probes: [{ icmp: { count: 1 } }],
          interval: `${wish.intervalSeconds}s`,
          sources: { agents: { matchLabels: { group: `g${n % groups}` } } },
        },
      });
    }
    const expected = Math.floor(wish.agents / groups);
    await waitUntil(
      'every agent has its tests, and every test is Ready',
      () =>
        readyAt.size === wish.tests &&
        [...createdAt.keys()].every((test) => (swarm.assigned.get(test)?.length ?? 0) >= expected),
      { timeoutMs: 120_000, everyMs: 250 },
    );
    const applied = processFigures(street.operator.process.pid);
    const appliedMs = Date.now();
    // First results are news and written at once; they come within one interval.
    await delay((wish.intervalSeconds + 10) * 1_000);
    const steadyFromMs = Date.now();
    const steadyBefore = processFigures(street.operator.process.pid);
    await delay(wish.steadySeconds * 1_000);
    const steady = processFigures(street.operator.process.pid);
    const writes = statusWrites(street.plane.auditLogPath, steadyFromMs, Date.now());
    const simulator = await swarm.figures();
    const books = await street.books();
    await cache.stop();
    await swarm.stop();

    const latencies = [...createdAt].flatMap(([test, atMs]) =>
      (swarm.assigned.get(test) ?? []).map((heardMs) => (heardMs - atMs) / 1_000),
    );
    const ready = [...createdAt].map(([test, atMs]) => ((readyAt.get(test) ?? Number.NaN) - atMs) / 1_000);
    return {
      toAgentSecondsP50: quantile(latencies, 0.5),
      toAgentSecondsP95: quantile(latencies, 0.95),
      toAgentSecondsMax: Math.max(...latencies),
      toReadySecondsP95: quantile(ready, 0.95),
      toReadySecondsMax: Math.max(...ready),
      assigned: latencies.length,
      steadyWritesPerSecond: writes.length / wish.steadySeconds,
      steadyWritesBusiestSecond: busiestSecond(writes),
      operatorRssMiB: steady.rssBytes / 2 ** 20,
      operatorCpuShareWhileApplying:
        (applied.cpuSeconds - before.cpuSeconds) / ((appliedMs - beginMs) / 1_000),
      operatorCpuShareSteady: (steady.cpuSeconds - steadyBefore.cpuSeconds) / wish.steadySeconds,
      simulatorRssMiB: simulator.rssBytes / 2 ** 20,
      simulatorCpuSeconds: simulator.cpuSeconds,
      simulatorFailures: simulator.failures,
      simulatorMessages: simulator.messages,
      unaccounted: books.unaccounted,
    };
  } finally {
    await db.close();
    await kube.close();
    await street.stop();
  }
}
