import { setTimeout as delay } from 'node:timers/promises';
import { type KubeClient, openKubeClient } from '@streamswarm/operator/kube/kube-client';
import {
  CONFIG_MAPS,
  type KubeObject,
  NAMESPACES,
  NODES,
  type Resource,
  SERVICES,
} from '@streamswarm/operator/kube/objects';
import { startWatchCache, type WatchCache } from '@streamswarm/operator/kube/watch-cache';
import pino from 'pino';
import type { ControlPlane } from '../../support/cluster/control-plane.ts';
import { fingerprint, WatchedCopy } from './watched-copy.ts';

const RESOURCES: readonly Resource[] = [CONFIG_MAPS, NAMESPACES, NODES, SERVICES];
const EQUAL_WITHIN_MS = 120_000;

interface Watched {
  readonly resource: Resource;
  readonly cache: WatchCache<KubeObject>;
  readonly copy: WatchedCopy;
}

export interface Recovery {
  readonly resource: string;
  /** From the API server's return until the cache was equal to it, with what had changed since, ms. */
  readonly ms: number;
}

/** Caches with real timers on a real API server that goes away and comes back. */
export class OutageRig {
  readonly #plane: ControlPlane;
  readonly #client: KubeClient;
  readonly #direct: KubeClient;
  readonly #watched: readonly Watched[];
  #made = 0;

  /** `kubeconfigPath`: the caches' way to the API server; the rig itself goes straight. */
  static async start(plane: ControlPlane, kubeconfigPath = plane.kubeconfigPath): Promise<OutageRig> {
    const rig = new OutageRig(plane, kubeconfigPath);
    await Promise.all(rig.#watched.map(({ cache }) => cache.synced));
    await rig.#changeAll();
    await rig.#recovered(performance.now());
    return rig;
  }

  private constructor(plane: ControlPlane, kubeconfigPath: string) {
    const logger = pino({ level: 'silent' });
    this.#plane = plane;
    this.#client = openKubeClient({ kubeconfigPath, logger });
    this.#direct = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger });
    this.#watched = RESOURCES.map((resource) => {
      const cache = startWatchCache<KubeObject>({ client: this.#client, resource, logger });
      return { resource, cache, copy: new WatchedCopy(cache, resource.kind) };
    });
  }

  /** Plays an outage that ends when `outage` resolves; then objects change, and every cache must become equal. */
  async after(outage: () => Promise<void>): Promise<Recovery[]> {
    await outage();
    const returnedAtMs = performance.now();
    await this.#changeAll();
    return this.#recovered(returnedAtMs);
  }

  /** Deletes and makes anew what the rig has made, unseen or seen. */
  async recreateAll(): Promise<void> {
    for (const ref of [this.#ref(CONFIG_MAPS), this.#ref(SERVICES)]) {
      const resource = ref.resource;
      await this.#direct.remove(resource, ref);
      await this.#make(resource);
    }
  }

  counts(): { lists: number; watches: number; failures: number } {
    const all = this.#watched.map(({ cache }) => cache.counts());
    return {
      lists: all.reduce((sum, { lists }) => sum + lists, 0),
      watches: all.reduce((sum, { watches }) => sum + watches, 0),
      failures: all.reduce((sum, { failures }) => sum + failures, 0),
    };
  }

  wrong(): string[] {
    return this.#watched.flatMap(({ copy, cache }) => [
      ...copy.wrong,
      ...(fingerprint(copy.list()) === fingerprint(cache.list()) ? [] : ['the changes do not add up']),
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#watched.map(({ cache }) => cache.stop()));
    await Promise.all([this.#client.close(), this.#direct.close()]);
  }

  #ref(resource: Resource): { resource: Resource; name: string; namespace?: string } {
    return { resource, name: 'rig', ...(resource.namespaced ? { namespace: 'default' } : {}) };
  }

  #make(resource: Resource): Promise<KubeObject> {
    const { name, namespace } = this.#ref(resource);
    const metadata = {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      annotations: { made: String(++this.#made) },
    };
    const spec = resource === SERVICES ? { spec: { ports: [{ port: 80, protocol: 'TCP' }] } } : {};
    return this.#direct.apply(resource, { metadata, ...spec }, { fieldManager: 'rig' });
  }

  async #changeAll(): Promise<void> {
    await Promise.all(RESOURCES.map((resource) => this.#make(resource)));
  }

  async #recovered(fromMs: number): Promise<Recovery[]> {
    return Promise.all(
      this.#watched.map(async ({ resource, cache }) => {
        const truth = fingerprint((await this.#direct.list(resource)).items);
        while (fingerprint(cache.list()) !== truth) {
          if (performance.now() - fromMs > EQUAL_WITHIN_MS)
            throw new Error(`${resource.plural} of ${this.#plane.url} and of the cache are not equal`);
          await delay(5);
        }
        return { resource: resource.plural, ms: performance.now() - fromMs };
      }),
    );
  }
}
