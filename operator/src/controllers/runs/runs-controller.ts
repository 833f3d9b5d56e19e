import type { Logger } from 'pino';
import type { PlanOutcome } from '../../store/planning/plan-outcome.ts';
import { type KeyQueue, startKeyQueue } from '../key-queue.ts';

export interface RunsControllerOptions {
  /** Plans one test. */
  plan(uid: string): Promise<PlanOutcome>;
  /** Deletes a test whose ttlAfterFinished has passed; its results stay. */
  remove(namespace: string, name: string): Promise<unknown>;
  /** UIDs of every test that lives or still has an open run. */
  listUids(): Promise<string[]>;
  watchTests(changed: (uid: string) => void): () => void;
  readonly logger: Logger;
}

export interface RunsController {
  /** Plans every test again: an agent came, or something was missed. */
  planAll(): Promise<void>;
  stop(): Promise<void>;
}

/** Level-based safety net: whatever was missed is found within this time. */
const RESYNC_MS = 30_000;
/** Longer waits are cut in pieces: setTimeout ends at 2^31 ms, and this host's clock drifts from Postgres's. */
const LONGEST_WAIT_MS = 3_600_000;

/** Keeps the plan of every test in Postgres as its spec and the clock want it. */
export function startRunsController(options: RunsControllerOptions): RunsController {
  const { plan, remove, listUids, watchTests, logger } = options;
  const timers = new Map<string, NodeJS.Timeout>();

  const queue: KeyQueue = startKeyQueue({
    logger,
    async process(uid) {
      clearTimeout(timers.get(uid));
      timers.delete(uid);
      const { test, nowMs, againMs, deleteAtMs } = await plan(uid);
      if (test !== null && deleteAtMs !== null && deleteAtMs <= nowMs) {
        await remove(test.namespace, test.name);
        return;
      }
      if (againMs === null) return;
      const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(0, againMs - nowMs) + 1);
      timers.set(
        uid,
        setTimeout(() => queue.add(uid), waitMs),
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
      await queue.stop();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
