import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { NAMESPACES } from '@streamswarm/operator/kube/objects';
import pino from 'pino';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { FaultLane } from './fault-lane.ts';
import { activeResources, leftBehind, liveHeapBytes } from './resources.ts';
import { type Spread, spread } from './spread.ts';

export interface WatchFaultFigures {
  readonly seed: number;
  /** Faults that were really injected, each followed by a comparison. */
  readonly rounds: number;
  /** Comparisons after which cache and API server were not equal within 60 s, or changes that cannot be. */
  readonly wrong: readonly string[];
  /** From the last change or the end of the fault until the cache was equal, ms of real time; the cache's own waits
   * run 100 times faster than in earnest. */
  readonly recoveryMs: Spread;
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  readonly failures: number;
  /** After garbage collection, after a tenth of the rounds and after the last, bytes. */
  readonly heapBytes: { readonly early: number; readonly late: number };
  /** Sockets and timers left after the end, by kind. */
  readonly leftBehind: Readonly<Record<string, number>>;
  readonly seconds: number;
}

export interface WatchFaultOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Called now and then with the rounds done. */
  onProgress?(rounds: number): void;
}

const LANES = 8;

/**
 * Random faults of watches against a real API server. Each of eight caches has a proxy and a namespace of its own;
 * in each round a fault hits its watch while objects change, then the cache must equal the API server.
 */
export async function proveWatchFaults({
  rounds,
  seed,
  onProgress,
}: WatchFaultOptions): Promise<WatchFaultFigures> {
  const plane = await startControlPlane();
  const logger = pino({ level: 'silent' });
  const direct = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger });
  try {
    await warmUp(direct);
    const before = activeResources();
    const startedMs = performance.now();
    const lanes = await Promise.all(
      Array.from({ length: LANES }, (_, lane) =>
        FaultLane.start({ plane, direct, lane, random: seededRandom(seed * LANES + lane) }),
      ),
    );
    let done = 0;
    let early = 0;
    const run = async (lane: FaultLane): Promise<void> => {
      while (done < rounds) {
        done++;
        if (done === Math.ceil(rounds / 10)) early = liveHeapBytes();
        if (done % 100 === 0) onProgress?.(done);
        await lane.round(done);
      }
    };
    await Promise.all(lanes.map(run));
    const late = liveHeapBytes();
    const seconds = (performance.now() - startedMs) / 1_000;
    await Promise.all(lanes.map((lane) => lane.stop()));
    const left = await leftBehind(before);
    const sum = (of: (lane: FaultLane) => number): number =>
      lanes.reduce((total, lane) => total + of(lane), 0);
    return {
      seed,
      rounds: sum((lane) => lane.recoveriesMs.length),
      wrong: lanes.flatMap((lane) => lane.wrong()),
      recoveryMs: spread(lanes.flatMap((lane) => lane.recoveriesMs)),
      lists: sum((lane) => lane.cache.counts().lists),
      watches: sum((lane) => lane.cache.counts().watches),
      events: sum((lane) => lane.cache.counts().events),
      failures: sum((lane) => lane.cache.counts().failures),
      heapBytes: { early, late },
      leftBehind: left,
      seconds,
    };
  } finally {
    await direct.close();
    await plane.stop();
  }
}

/** The direct client keeps connections: as many as will be used at once are there before anything is counted. */
async function warmUp(direct: ReturnType<typeof openKubeClient>): Promise<void> {
  await Promise.all(Array.from({ length: 2 * LANES }, () => direct.list(NAMESPACES)));
}
