import { setTimeout as delay } from 'node:timers/promises';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { STREAM_AGENTS, STREAM_TESTS } from '@streamswarm/operator/kube/objects';
import { startWatchCache } from '@streamswarm/operator/kube/watch-cache';
import type { StreamTestObject } from '@streamswarm/operator/stream-tests/stream-test-object';
import { pino } from 'pino';
import { quantile } from '../../bench/figure.ts';
import { startClusterStreet } from '../../support/cluster-street.ts';
import { inParallel } from '../../support/in-parallel.ts';
import { startSwarm } from '../../support/swarm/swarm.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { processFigures } from './process-figures.ts';
import { busiestSecond, statusWrites } from './status-writes.ts';

export interface EditedAtOnceWish {
  readonly tests: number;
  readonly agents: number;
  readonly agentsPerTest: number;
  readonly intervalSeconds: number;
  readonly steadySeconds: number;
}

/** As `npm test` runs it. */
export const EDITED_AT_ONCE_SHORT: EditedAtOnceWish = {
  tests: 100,
  agents: 20,
  agentsPerTest: 2,
  intervalSeconds: 2,
  steadySeconds: 5,
};
/** 5,000 tests, as many as a large team has. */
export const EDITED_AT_ONCE_LONG: EditedAtOnceWish = {
  tests: 5_000,
  agents: 200,
  agentsPerTest: 2,
  intervalSeconds: 60,
  steadySeconds: 60,
};

export interface EditedAtOnceFigures {
  /** All edits were with the API server after so long, s. */
  readonly editingSeconds: number;
  /** From the answer to an edit until its generation stood in the status, s. */
  readonly acceptedSecondsP50: number;
  readonly acceptedSecondsP99: number;
  readonly acceptedSecondsMax: number;
  /** Status writes while nothing but progress happened. */
  readonly steadyWritesPerSecond: number;
  readonly steadyWritesBusiestSecond: number;
  readonly operatorRssMiB: number;
  readonly operatorCpuShareSteady: number;
  readonly simulatorMessages: Readonly<Record<string, number>>;
  readonly unaccounted: number;
}

const NAMESPACE = 'default';
const AT_ONCE = 32;

/** Many tests, all edited as fast as the API server takes it: how soon each edit is planned and said to be. */
export async function proveEditedAtOnce(wish: EditedAtOnceWish): Promise<EditedAtOnceFigures> {
  const street = await startClusterStreet();
  const logger = pino({ level: 'silent' });
  /** First results of all tests have been written by then. */
  const settleMs = (wish.intervalSeconds + 10) * 1_000;
  const kube = openKubeClient({ kubeconfigPath: street.plane.kubeconfigPath, logger });
  try {
    const groups = Math.max(1, Math.floor(wish.agents / wish.agentsPerTest));
    const names = Array.from({ length: wish.tests }, (_, n) => `edit-${n}`);
    await inParallel(
      Array.from({ length: wish.agents }, (_, n) => n),
      AT_ONCE,
      (n) =>
        kube.create(STREAM_AGENTS, {
          metadata: { name: `sim-${n}`, labels: { group: `g${n % groups}` } },
          spec: { kind: 'Host' },
        }),
    );
    const swarm = await startSwarm(street.operator.api, 'sim', wish.agents);
    const seenAt = new Map<string, number>();
    const cache = startWatchCache<StreamTestObject>({ client: kube, resource: STREAM_TESTS, logger });
    cache.onChange(({ object: { metadata, status } }) => {
      const key = `${metadata.name} ${status?.observedGeneration}`;
      if (!seenAt.has(key)) seenAt.set(key, performance.now());
    });
    await cache.synced;
    const accepted = (generation: number): Promise<true> =>
      waitUntil(
        `generation ${generation} of every test is accepted`,
        () => names.every((name) => seenAt.has(`${name} ${generation}`)),
        { timeoutMs: 600_000, everyMs: 500 },
      );
    await inParallel(names, AT_ONCE, (name) =>
      kube.create(STREAM_TESTS, {
        metadata: { name, namespace: NAMESPACE },
        spec: {
          destinations: [{ name: 'a', host: '198.18.0.1' }],
          probes: [{ icmp: { count: 1 } }],
          interval: `${wish.intervalSeconds}s`,
          sources: { agents: { matchLabels: { group: `g${names.indexOf(name) % groups}` } } },
        },
      }),
    );
    await accepted(1);
    await delay(settleMs);

    const editedAt = new Map<string, number>();
    const beginMs = performance.now();
    await inParallel(names, AT_ONCE, async (name) => {
      const spec = { probes: [{ icmp: { count: 2 } }] };
      await kube.mergePatch(STREAM_TESTS, { namespace: NAMESPACE, name }, { spec });
      editedAt.set(name, performance.now());
    });
    const editingSeconds = (performance.now() - beginMs) / 1_000;
    await accepted(2);
    const seconds = names.map(
      (name) => ((seenAt.get(`${name} 2`) ?? Number.NaN) - (editedAt.get(name) ?? Number.NaN)) / 1_000,
    );
    await delay(settleMs);
    const steadyFromMs = Date.now();
    const before = processFigures(street.operator.process.pid);
    await delay(wish.steadySeconds * 1_000);
    const steady = processFigures(street.operator.process.pid);
    const writes = statusWrites(street.plane.auditLogPath, steadyFromMs, Date.now());
    const { messages } = await swarm.figures();
    const { unaccounted } = await street.books();
    await cache.stop();
    await swarm.stop();
    return {
      editingSeconds,
      acceptedSecondsP50: quantile(seconds, 0.5),
      acceptedSecondsP99: quantile(seconds, 0.99),
      acceptedSecondsMax: Math.max(...seconds),
      steadyWritesPerSecond: writes.length / wish.steadySeconds,
      steadyWritesBusiestSecond: busiestSecond(writes),
      operatorRssMiB: steady.rssBytes / 2 ** 20,
      operatorCpuShareSteady: (steady.cpuSeconds - before.cpuSeconds) / wish.steadySeconds,
      simulatorMessages: messages,
      unaccounted,
    };
  } finally {
    await kube.close();
    await street.stop();
  }
}
