import type { Logger } from 'pino';
import { type EventEntry, type EventWish, eventDraft, eventKey, microTime } from './event-entry.ts';
import type { KubeClient } from './kube-client.ts';
import { isAlreadyExists, isNotFound, isTransient } from './kube-error.ts';
import { EVENTS } from './objects.ts';
import { systemTimers, type Timers } from './timers.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';
import { startWorkQueue } from './work-queue.ts';

export type { EventWish } from './event-entry.ts';

export interface EventRecorderOptions {
  readonly client: Pick<KubeClient, 'create' | 'mergePatch'>;
  /** `reportingController`, such as streamswarm-operator. */
  readonly controller: string;
  /** `reportingInstance`: the name of the pod or host. */
  readonly instance: string;
  readonly logger: Logger;
  readonly timers?: Timers;
  wallMs?(): number;
  random?(): number;
  /** Of one object; a burst of 25, then one in 5 min, as the spam filter of client-go. */
  readonly perObject?: Rate;
  /** Of all objects; a burst of 200, then 10 a second. */
  readonly inAll?: Rate;
}

export interface EventCounts {
  /** Requests that the API server has taken. */
  readonly written: number;
  /** Recorded and never to be written: too many, refused, or the API server was away for too long. */
  readonly dropped: number;
}

/** Events are told as a service, not kept as books: none blocks, none throws, and what cannot be written is counted. */
export interface EventRecorder {
  record(wish: EventWish): void;
  counts(): EventCounts;
  /** Resolves when everything recorded is written or given up, at the latest after `limitMs` (2 s). */
  flush(limitMs?: number): Promise<void>;
  /** Flushes, then ends; no timer and no request is left. */
  stop(): Promise<void>;
}

const PER_OBJECT: Rate = { perSecond: 1 / 300, burst: 25 };
const IN_ALL: Rate = { perSecond: 10, burst: 200 };
/** Equal events within so long are one series (finishTime of client-go). */
const SERIES_GAP_MS = 360_000;
/** A series that goes on is written so often. */
const SERIES_EVERY_MS = 30_000;
const MAX_ENTRIES = 1_000;
const MAX_BUCKETS = 5_000;
/** About 4 min of an API server that is away. */
const MAX_TRIES = 20;
const WRITE_LIMIT_MS = 10_000;
const FLUSH_LIMIT_MS = 2_000;

export function startEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { client, logger, timers = systemTimers, wallMs = Date.now, random = Math.random } = options;
  const perObject = options.perObject ?? PER_OBJECT;
  const all = new TokenBucket(options.inAll ?? IN_ALL, () => timers.monotonicMs());
  /** By what makes events equal; the one that was seen last is last. */
  const entries = new Map<string, EventEntry>();
  const buckets = new Map<string, TokenBucket>();
  const stopping = new AbortController();
  const counts = { written: 0, dropped: 0 };
  let whenWritten: (() => void)[] = [];

  const send = async (entry: EventEntry, count: number): Promise<void> => {
    const limits = { timeoutMs: WRITE_LIMIT_MS, signal: stopping.signal };
    if (!entry.isCreated) await client.create(EVENTS, eventDraft(entry, options), limits);
    else if (count > 1) {
      const series = { count, lastObservedTime: microTime(entry.lastWallMs) };
      await client.mergePatch(EVENTS, entry, { series }, limits);
    }
  };
  const write = async (entry: EventEntry): Promise<void> => {
    const { count } = entry;
    try {
      await send(entry, count);
    } catch (error) {
      // An earlier try, whose answer never came, had made it; or it has gone by its time to live.
      if (!isAlreadyExists(error) && !isNotFound(error)) throw error;
      entry.isCreated = isAlreadyExists(error);
      await send(entry, count);
    }
    entry.isCreated = true;
    entry.writtenCount = count;
    entry.tries = 0;
    counts.written++;
  };
  const giveUp = (key: string, entry: EventEntry, error: unknown): void => {
    counts.dropped += entry.count - entry.writtenCount;
    entries.delete(key);
    logger.warn(
      { err: error, reason: entry.wish.reason, dropped: counts.dropped },
      'an event was not written',
    );
  };
  const queue = startWorkQueue({
    logger: logger.child({ part: 'events' }, { level: 'error' }),
    timers,
    random,
    async process(key) {
      const entry = entries.get(key);
      if (entry === undefined || entry.count === entry.writtenCount) return undefined;
      try {
        await write(entry);
      } catch (error) {
        entry.tries++;
        if (isTransient(error) && entry.tries < MAX_TRIES) throw error;
        giveUp(key, entry, error);
      } finally {
        if (isAllWritten()) for (const tell of whenWritten.splice(0)) tell();
      }
      return entry.count > entry.writtenCount ? { againAfterMs: SERIES_EVERY_MS } : undefined;
    },
  });
  const isAllWritten = (): boolean => {
    for (const entry of entries.values()) if (entry.count > entry.writtenCount) return false;
    return true;
  };
  const mayStart = (uid: string): boolean => {
    let own = buckets.get(uid);
    if (own === undefined) {
      if (buckets.size >= MAX_BUCKETS)
        for (const [other, bucket] of buckets) if (bucket.isFull()) buckets.delete(other);
      if (buckets.size >= MAX_BUCKETS) return false;
      own = new TokenBucket(perObject, () => timers.monotonicMs());
      buckets.set(uid, own);
    }
    return own.take() && all.take();
  };
  const makeRoom = (): boolean => {
    if (entries.size < MAX_ENTRIES) return true;
    for (const [key, entry] of entries) {
      if (entry.count > entry.writtenCount) continue;
      entries.delete(key);
      return true;
    }
    return false;
  };

  const flush = async (limitMs = FLUSH_LIMIT_MS): Promise<void> => {
    if (isAllWritten()) return;
    for (const [key, entry] of entries) if (entry.count > entry.writtenCount) queue.add(key);
    await new Promise<void>((resolve) => {
      const cancel = timers.after(limitMs, resolve);
      whenWritten.push(() => {
        cancel();
        resolve();
      });
    });
  };
  return {
    record(wish) {
      if (stopping.signal.aborted) return;
      const nowMs = wallMs();
      const key = eventKey(wish);
      const known = entries.get(key);
      if (known !== undefined && nowMs - known.lastWallMs < SERIES_GAP_MS) {
        known.count++;
        known.lastWallMs = nowMs;
        entries.delete(key);
        entries.set(key, known);
        // The second is told at once: from then on it is known as a series.
        if (known.count === 2) queue.add(key);
        else queue.addAfter(key, SERIES_EVERY_MS);
      } else if (mayStart(wish.regarding.metadata.uid) && makeRoom()) {
        const { name, namespace } = nameEvent(wish, nowMs, random);
        const fresh = { count: 1, writtenCount: 0, isCreated: false, tries: 0 };
        entries.delete(key);
        entries.set(key, { name, namespace, wish, firstWallMs: nowMs, lastWallMs: nowMs, ...fresh });
        queue.add(key);
      } else counts.dropped++;
    },
    counts: () => ({ ...counts }),
    flush,
    async stop() {
      await flush();
      stopping.abort();
      await queue.stop();
      whenWritten = [];
    },
  };
}

/** A name like those of client-go: the object's, and a number that is never the same. */
function nameEvent(
  { regarding }: EventWish,
  nowMs: number,
  random: () => number,
): { name: string; namespace: string } {
  const suffix = (BigInt(nowMs) * 1_000_000n + BigInt(Math.floor(random() * 1e6))).toString(16);
  const name = regarding.metadata.name.slice(0, 200).replace(/[^a-z0-9]+$/, '');
  // Events on cluster-scoped objects live in `default`, as the API server demands.
  return { name: `${name}.${suffix}`, namespace: regarding.metadata.namespace ?? 'default' };
}
