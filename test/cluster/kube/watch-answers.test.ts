import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { CONFIG_MAPS } from '@streamswarm/operator/kube/objects';
import {
  startWatchCache,
  type WatchCache,
  type WatchCacheOptions,
} from '@streamswarm/operator/kube/watch-cache';
import pino from 'pino';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';
import { startFaultProxy } from '../../support/kube-faults/fault-proxy.ts';
import type { AnswerFault } from '../../support/kube-faults/watch-fault.ts';
import { waitUntil } from '../../support/wait-until.ts';

const logger = pino({ level: 'silent' });

// Real time: each gap between two requests may be longer on a busy machine and is never shorter than promised.
test('how a cache asks again, seen by a proxy before a real API server', async (t) => {
  if (!needsControlPlane(t)) return;
  const plane = await startControlPlane();
  const proxy = await startFaultProxy({
    url: plane.url,
    certFile: plane.caFile,
    kubeconfigPath: plane.kubeconfigPath,
    dir: plane.dir,
  });
  const direct = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger });
  const client = openKubeClient({ kubeconfigPath: proxy.kubeconfigPath, logger });
  t.after(async () => {
    await Promise.all([client.close(), direct.close()]);
    await proxy.stop();
    await plane.stop();
  });
  const start = async (options: Partial<WatchCacheOptions> = {}): Promise<WatchCache<never>> => {
    const cache = startWatchCache<never>({
      client,
      resource: CONFIG_MAPS,
      logger,
      random: () => 0,
      ...options,
    });
    await cache.synced;
    await waitUntil('the watch is open', () => proxy.openWatches() === 1);
    return cache;
  };
  /** Gaps between the refused requests, ms, once there are so many. */
  const gaps = async (fault: AnswerFault, count: number): Promise<number[]> => {
    const from = proxy.seen.length;
    proxy.answerAll(fault);
    await proxy.strike({ stream: 'cut', answers: [], refusedMs: 0 });
    const refused = await waitUntil('enough requests', () => {
      const seen = proxy.seen.slice(from);
      return seen.length > count && seen;
    });
    proxy.answerAll(null);
    return refused.slice(1, count + 1).map(({ atMs }, n) => atMs - (refused[n]?.atMs ?? 0));
  };
  let made = 0;
  const catchesUp = async (cache: WatchCache<never>): Promise<void> => {
    const name = `made-${++made}`;
    await direct.create(CONFIG_MAPS, { metadata: { namespace: 'default', name } });
    await waitUntil('the cache has heard of it', () => cache.get('default', name) !== null);
  };

  await t.test('429: Retry-After is obeyed', async () => {
    const cache = await start();
    const waits = await gaps({ status: 429, retryAfterSeconds: 2 }, 2);
    assert.ok(
      waits.every((ms) => ms >= 1_990),
      `${waits}`,
    );
    await catchesUp(cache);
    await cache.stop();
  });

  await t.test('500: each wait is twice the one before, from 0.8 s on', async () => {
    const cache = await start();
    const waits = await gaps({ status: 500 }, 2);
    for (const [n, least] of [800, 1_600].entries())
      assert.ok((waits[n] ?? 0) >= least - 10, `wait ${n + 1} was ${waits[n]} ms`);
    await catchesUp(cache);
    await cache.stop();
  });

  await t.test('503 of a proxy: its end is noticed long before the back-off is over', async () => {
    const cache = await start();
    await gaps({ status: 503 }, 2);
    const fromMs = performance.now();
    await catchesUp(cache);
    // The wait in progress was 3.2 s at least.
    t.diagnostic(`caught up after ${Math.round(performance.now() - fromMs)} ms`);
    await cache.stop();
  });

  await t.test(
    'a watch on which nothing comes any more is given up and begun anew where it was',
    async () => {
      const cache = await start({ idleMs: 2_000 });
      await catchesUp(cache);
      const { lists, watches } = cache.counts();
      proxy.halfOpen();
      await catchesUp(cache);
      assert.equal(cache.counts().lists, lists, 'no list was needed');
      assert.ok(cache.counts().watches > watches);
      await cache.stop();
    },
  );

  for (const status of [401, 403] as const) {
    await t.test(`${status}: a credential that is refused for a while stops nothing`, async () => {
      const cache = await start();
      await gaps({ status }, 1);
      await catchesUp(cache);
      await cache.stop();
    });
  }
});
