import type { Logger } from 'pino';

export interface KeyQueueOptions {
  process(key: string): Promise<void>;
  readonly logger: Logger;
}

export interface KeyQueue {
  /** A key that waits already is not added twice; one in work is done again afterwards. */
  add(key: string): void;
  stop(): Promise<void>;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 30_000;

/** Works on one key at a time; a key that fails comes back after a doubling delay of its own. */
export function startKeyQueue({ process, logger }: KeyQueueOptions): KeyQueue {
  const waiting = new Set<string>();
  const failures = new Map<string, number>();
  const retries = new Set<NodeJS.Timeout>();
  let worker: Promise<void> | null = null;
  let stopped = false;

  const work = async (): Promise<void> => {
    for (const key of waiting) {
      if (stopped) return;
      waiting.delete(key);
      try {
        await process(key);
        failures.delete(key);
      } catch (error) {
        retry(key, error);
      }
    }
  };
  const retry = (key: string, error: unknown): void => {
    const failed = (failures.get(key) ?? 0) + 1;
    failures.set(key, failed);
    const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failed - 1));
    logger.warn({ err: error, key, failed, waitMs }, 'planning failed; trying again');
    const timer = setTimeout(() => {
      retries.delete(timer);
      queue.add(key);
    }, waitMs);
    retries.add(timer);
  };
  const queue: KeyQueue = {
    add(key) {
      if (stopped) return;
      waiting.add(key);
      worker ??= work().finally(() => {
        worker = null;
      });
    },
    async stop() {
      stopped = true;
      for (const timer of retries) clearTimeout(timer);
      await worker;
    },
  };
  return queue;
}
