import { setTimeout as delay } from 'node:timers/promises';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { startFaultProxy } from '../../support/kube-faults/fault-proxy.ts';
import { OutageRig } from './outage-rig.ts';
import { activeResources, leftBehind } from './resources.ts';
import { type Spread, spread } from './spread.ts';

export interface OutageFigures {
  readonly outage: string;
  readonly times: number;
  /** From the API server's return until a cache was equal to it, ms. */
  readonly recoveryMs: Spread;
  readonly lists: number;
  readonly watches: number;
  readonly failures: number;
}

export interface ApiServerFaultFigures {
  readonly outages: readonly OutageFigures[];
  readonly wrong: readonly string[];
  readonly leftBehind: Readonly<Record<string, number>>;
}

export interface ApiServerFaultOptions {
  readonly killedMs: number;
  readonly frozenMs: number;
  readonly etcdFrozenMs: number;
  /** How often each of them. */
  readonly times: number;
  onProgress?(figures: OutageFigures): void;
}

/** As `npm test` runs it. */
export const SHORT: ApiServerFaultOptions = {
  killedMs: 5_000,
  frozenMs: 10_000,
  etcdFrozenMs: 5_000,
  times: 1,
};
/** Outages as long as those of real control planes. */
export const LONG: ApiServerFaultOptions = {
  killedMs: 120_000,
  frozenMs: 45_000,
  etcdFrozenMs: 60_000,
  times: 3,
};

/** Caches of four kinds, with real timers, before an API server that is killed, frozen, compacted. */
export async function proveApiServerFaults(options: ApiServerFaultOptions): Promise<ApiServerFaultFigures> {
  const plane = await startControlPlane();
  const { faults } = plane;
  const before = activeResources();
  const proxy = await startFaultProxy({
    url: plane.url,
    certFile: plane.caFile,
    kubeconfigPath: plane.kubeconfigPath,
    dir: plane.dir,
  });
  const straight = await OutageRig.start(plane);
  const proxied = await OutageRig.start(plane, proxy.kubeconfigPath);
  const outages: OutageFigures[] = [];
  const play = async (outage: string, rig: OutageRig, run: () => Promise<void>): Promise<void> => {
    const start = rig.counts();
    const recoveries: number[] = [];
    for (let n = 0; n < options.times; n++) recoveries.push(...(await rig.after(run)).map(({ ms }) => ms));
    const end = rig.counts();
    const figures = {
      outage,
      times: options.times,
      recoveryMs: spread(recoveries),
      lists: end.lists - start.lists,
      watches: end.watches - start.watches,
      failures: end.failures - start.failures,
    };
    outages.push(figures);
    options.onProgress?.(figures);
  };
  try {
    await play(`API server killed, back after ${options.killedMs / 1_000} s`, straight, async () => {
      await faults.killApiServer();
      await delay(options.killedMs);
      await faults.startApiServer();
    });
    await play(`API server frozen for ${options.frozenMs / 1_000} s`, straight, async () => {
      await faults.freezeApiServer();
      await delay(options.frozenMs);
      await faults.thawApiServer();
    });
    await play(`etcd frozen for ${options.etcdFrozenMs / 1_000} s`, straight, async () => {
      await faults.freezeEtcd();
      await delay(options.etcdFrozenMs);
      await faults.thawEtcd();
    });
    // Objects are deleted and made anew while the caches cannot see it, and the history of it is compacted away.
    await play('410 Gone: unseen changes, compaction and restart', proxied, async () => {
      proxy.answerAll({ status: 503 });
      await proxy.strike({ stream: 'cut', answers: [], refusedMs: 0 });
      await proxied.recreateAll();
      await faults.compactAndRestart();
      proxy.answerAll(null);
    });
    const wrong = [...straight.wrong(), ...proxied.wrong()];
    await Promise.all([straight.stop(), proxied.stop(), proxy.stop()]);
    return { outages, wrong, leftBehind: await leftBehind(before) };
  } finally {
    await plane.stop();
  }
}
