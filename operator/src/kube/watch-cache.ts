import type { Logger } from 'pino';
import { ChangeListeners } from './change-listeners.ts';
import { decideRetry } from './decide-retry.ts';
import type { KubeClient } from './kube-client.ts';
import { KubeError } from './kube-error.ts';
import type { ObjectList } from './list-pages.ts';
import { type Change, ObjectSet } from './object-set.ts';
import { type KubeObject, pathOf, type Resource } from './objects.ts';
import { startPause } from './pause.ts';
import { systemTimers, type Timers } from './timers.ts';
import { watchBackoff } from './watch-backoff.ts';

export type { Change } from './object-set.ts';

export interface WatchCacheOptions {
  readonly client: Pick<KubeClient, 'list' | 'watch' | 'onReturn'>;
  readonly resource: Resource;
  /** Left out: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly logger: Logger;
  /** Uniform in [0, 1). */
  random?(): number;
  readonly timers?: Timers;
  /** Silence after which a watch is begun anew, where it was; 90 s, as bookmarks come about once a minute. */
  readonly idleMs?: number;
}

/** How often what has happened since the start. */
export interface WatchCacheCounts {
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  readonly failures: number;
}

/** A copy of all objects of a resource that follows the API server. All objects are deeply frozen and shared. */
export interface WatchCache<T extends KubeObject> {
  /** Resolves with the first whole list; rejects where it is stopped before. */
  readonly synced: Promise<void>;
  isSynced(): boolean;
  get(namespace: string | undefined, name: string): T | null;
  getByUid(uid: string): T | null;
  list(): T[];
  /**
   * The handler gets the present objects as added, at once, then each change in order; the result unsubscribes. It
   * must not block; what it throws is logged and harms nobody.
   */
  onChange(handler: (change: Change<T>) => void): () => void;
  /** How long ago the API server was heard, ms; Infinity where never. Beyond 90 s the copy may be stale. */
  lastHeardMs(): number;
  counts(): WatchCacheCounts;
  /** Resolves when no socket and no timer is left. Handlers hear nothing any more; the objects can still be read. */
  stop(): Promise<void>;
}

const IDLE_MS = 90_000;
const SHORTEST_WATCH_SECONDS = 300;
/** A watch that ends in order so soon, without a word, is a failure: without a wait it would spin. */
const VERY_SHORT_MS = 1_000;
/** A watch that was open for so long ends a time of trouble: back-off begins anew. */
const WELL_AFTER_MS = 10_000;
/** Caches whose connections were cut together do not come back in the same instant. */
const SOON_MS = 800;

/** How a list or a watch went. */
interface Ended {
  /** Null: in order. */
  readonly error: unknown;
  /** How long the watch was open, ms. */
  readonly openMs: number | null;
}

/** Lists and watches as the reflector of client-go does; see README.md for what it does on which fault. */
export function startWatchCache<T extends KubeObject>(options: WatchCacheOptions): WatchCache<T> {
  const { client, resource, logger, random = Math.random, timers = systemTimers } = options;
  const path = pathOf(resource, { namespace: options.namespace });
  const selection = {
    namespace: options.namespace,
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
  };
  const objects = new ObjectSet<T>();
  const listeners = new ChangeListeners<T>(path, logger);
  const pause = startPause({ client, timers, random });
  const backoff = watchBackoff({ random, monotonicMs: () => timers.monotonicMs() });
  const synced = Promise.withResolvers<void>();
  // Whoever waits hears of the rejection; where nobody does it is no unhandled one.
  synced.promise.catch(() => undefined);
  const counts = { lists: 0, watches: 0, events: 0, failures: 0 };
  let isSynced = false;
  let isStopped = false;
  let heardAtMs = Number.NEGATIVE_INFINITY;
  let listedAtMs = Number.NEGATIVE_INFINITY;
  let stopWatch = (): void => undefined;
  const stopping = new AbortController();
  /** Everything up to here is in `objects`; null: list. */
  let resourceVersion: string | null = null;
  let failuresInRow = 0;

  const hear = (): void => {
    heardAtMs = timers.monotonicMs();
  };
  const takeList = (list: ObjectList<T>): void => {
    hear();
    counts.lists++;
    listedAtMs = heardAtMs;
    failuresInRow = 0;
    resourceVersion = list.resourceVersion;
    const changes = objects.replace(list.items);
    isSynced = true;
    listeners.tell(changes);
    synced.resolve();
  };
  const listOnce = async (): Promise<Ended> => {
    try {
      const list = await client.list<T>(resource, { ...selection, signal: stopping.signal });
      if (!isStopped) takeList(list);
      return { error: null, openMs: null };
    } catch (error) {
      return { error, openMs: null };
    }
  };
  const watchOnce = (from: string): Promise<Ended> => {
    const { promise, resolve } = Promise.withResolvers<Ended>();
    const eventsBefore = counts.events;
    let openedAtMs: number | null = null;
    counts.watches++;
    const advance = (to: string): void => {
      failuresInRow = 0;
      if (isOlder(to, resourceVersion)) {
        resourceVersion = null;
        stopWatch();
      } else resourceVersion = to;
    };
    stopWatch = client.watch<T>(resource, {
      ...selection,
      resourceVersion: from,
      timeoutSeconds: Math.round(SHORTEST_WATCH_SECONDS * (1 + random())),
      idleMs: options.idleMs ?? IDLE_MS,
      onEvent(event) {
        if (isStopped) return;
        counts.events++;
        const changes = objects.take(event);
        advance(event.object.metadata.resourceVersion);
        listeners.tell(changes);
      },
      onBookmark: advance,
      onHeard() {
        hear();
        openedAtMs ??= heardAtMs;
      },
      onEnd(error) {
        stopWatch = () => undefined;
        const openMs = openedAtMs === null ? null : timers.monotonicMs() - openedAtMs;
        const isEmpty = error === null && counts.events === eventsBefore;
        const isVeryShort = isEmpty && (openMs ?? 0) < VERY_SHORT_MS;
        resolve({ error: isVeryShort ? veryShort(path) : error, openMs });
      },
    });
    return promise;
  };
  const turn = async (): Promise<void> => {
    const { error, openMs } = resourceVersion === null ? await listOnce() : await watchOnce(resourceVersion);
    if (openMs !== null && openMs > WELL_AFTER_MS) backoff.reset();
    if (error === null || isStopped) return;

    failuresInRow++;
    const sinceListMs = timers.monotonicMs() - listedAtMs;
    const { next, wait } = decideRetry({ error, openMs, sinceListMs, failuresInRow });
    if (next === 'list') resourceVersion = null;
    const waitMs = wait === 'soon' ? SOON_MS * random() : wait === 'back-off' ? backoff.nextMs() : wait;
    // No trouble: a kind of which nothing has changed since the list has no bookmarks to send. Begun anew all the
    // same, as a connection that has died without a word looks just so.
    if (openMs !== null && isSilent(error))
      logger.debug({ path, next }, 'a watch was silent; beginning it anew');
    else {
      counts.failures++;
      logger.warn(
        { err: error, path, waitMs: Math.round(waitMs), next },
        'a watch cache lost the API server; trying again',
      );
    }
    if (await pause.wait(waitMs, { error })) backoff.reset();
  };
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      try {
        await turn();
      } catch (error) {
        // Nothing above should throw; a cache that ends in silence would be worse than one that says so and goes on.
        logger.error({ err: error, path }, 'a watch cache failed in an unforeseen way; listing anew');
        resourceVersion = null;
        await pause.wait(backoff.nextMs(), { error });
      }
    }
  };
  const running = loop();

  return {
    synced: synced.promise,
    isSynced: () => isSynced,
    get: (namespace, name) => objects.get(namespace, name),
    getByUid: (uid) => objects.getByUid(uid),
    list: () => objects.list(),
    onChange: (handler) => listeners.add(handler, objects.list()),
    lastHeardMs: () => timers.monotonicMs() - heardAtMs,
    counts: () => ({ ...counts }),
    async stop() {
      isStopped = true;
      listeners.clear();
      synced.reject(new Error(`the cache of ${path} was stopped before it had synced`));
      stopWatch();
      stopping.abort();
      pause.end();
      await running;
    },
  };
}

function isSilent(error: unknown): boolean {
  return error instanceof KubeError && error.reason === 'Silent';
}

function veryShort(path: string): KubeError {
  return new KubeError(`watch of ${path}: it ended at once and without an event`, {
    status: 0,
    reason: 'Unreachable',
  });
}

/**
 * The server has gone back in time (etcd restored from a copy). resourceVersions are opaque by contract, in fact
 * numbers of etcd (and promised to be, KEP-5504); others are not compared.
 */
function isOlder(to: string, than: string | null): boolean {
  if (than === null || !/^\d+$/.test(to) || !/^\d+$/.test(than)) return false;
  return BigInt(to) < BigInt(than);
}
