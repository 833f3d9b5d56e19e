import type { Logger } from 'pino';
import { type KeyQueue, startKeyQueue } from '../key-queue.ts';

export interface RunsControllerOptions {
  /** Plans one test; returns when it wants to be planned again (Postgres's clock, ms), or null. */
  plan(uid: string): Promise<number | null>;
  /** UIDs of every test that lives or still has an open run. */
  listUids(): Promise<string[]>;
  watchTests(changed: (uid: string) => void): () => void;
  nowMs(): Promise<number>;
  readonly logger: Logger;
}

export interface RunsController {
  /** Plans every test again: an agent came, or something was missed. */
  planAll(): Promise<void>;
  stop(): Promise<void>;
}

/** Level-based safety net: whatever was missed is found within this time. */
const RESYNC_MS = 30_000;
/** setTimeout takes no more; a later time is asked for again. */
const LONGEST_TIMER_MS = 2_000_000_000;

/** Keeps the plan of every test as its spec and the clock want it. */
export function startRunsController(options: RunsControllerOptions): RunsController {
  const { plan, listUids, watchTests, nowMs, logger } = options;
  const timers = new Map<string, NodeJS.Timeout>();

  const queue: KeyQueue = startKeyQueue({
    logger,
    async process(uid) {
      clearTimeout(timers.get(uid));
      timers.delete(uid);
      const againMs = await plan(uid);
      if (againMs === null) return;
      const wait = Math.min(LONGEST_TIMER_MS, Math.max(0, againMs - (await nowMs())) + 1);
      timers.set(
        uid,
        setTimeout(() => queue.add(uid), wait),
      );
    },
  });

  const planAll = async (): Promise<void> => {
    for (const uid of await listUids()) queue.add(uid);
  };
  const resync = (): void => {
    planAll().catch((error: unknown) => logger.warn({ err: error }, 'cannot list tests; trying again'));
  };
  const unwatch = watchTests((uid) => (uid === '' ? resync() : queue.add(uid)));
  const interval = setInterval(resync, RESYNC_MS);
  resync();

  return {
    planAll,
    async stop() {
      unwatch();
      clearInterval(interval);
      for (const timer of timers.values()) clearTimeout(timer);
      await queue.stop();
    },
  };
}
