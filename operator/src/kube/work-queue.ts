import type { Logger } from 'pino';
import { retryDelays } from './retry-delays.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { Rate } from './token-bucket.ts';

/** Trying again cannot help until the object changes: thrown by `process`, it ends the work on a key. */
export class TerminalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TerminalError';
  }
}

export interface WorkQueueOptions {
  /**
   * Works on one key: reads the present state and brings about what should be. Resolves when it is done, or with the
   * time after which to look again; rejects to be called again after a back-off.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: nothing returned is the usual outcome
  process(key: string): Promise<void | { readonly againAfterMs: number }>;
  /** Keys in work at the same time; 1 where it is left out. */
  readonly concurrency?: number;
  readonly logger: Logger;
  readonly timers?: Timers;
  /** Uniform in [0, 1). */
  random?(): number;
  /** Retries in all, over all keys; 10 a second with a burst of 100 where it is left out. */
  readonly rate?: Rate;
}

/** How often `process` has ended so. */
export interface WorkOutcomes {
  readonly done: number;
  /** It wants to look again later. */
  readonly again: number;
  /** It failed and comes back after a back-off. */
  readonly failed: number;
  /** It failed for good (TerminalError). */
  readonly terminal: number;
}

export interface WorkQueue {
  /** A key that waits already is not added twice; one in work is worked once more afterwards. */
  add(key: string): void;
  /** As `add`, after `ms`. Of several for one key the earliest counts. */
  addAfter(key: string, ms: number): void;
  /** Keys that wait for a worker or are in work; not those whose time is yet to come. */
  size(): number;
  outcomes(): WorkOutcomes;
  /** Takes nothing more; resolves when what is in work has ended and no timer is left. */
  stop(): Promise<void>;
}

const RATE: Rate = { perSecond: 10, burst: 100 };

/** The key-only queue of client-go and controller-runtime: no key is ever worked twice at once. */
export function startWorkQueue(options: WorkQueueOptions): WorkQueue {
  const { process, logger, concurrency = 1, timers = systemTimers, random = Math.random } = options;
  const retries = retryDelays({
    rate: options.rate ?? RATE,
    random,
    monotonicMs: () => timers.monotonicMs(),
  });
  /** In the order in which they came. */
  const waiting = new Set<string>();
  const inWork = new Map<string, Promise<void>>();
  /** Added while in work. */
  const dirty = new Set<string>();
  const later = new Map<string, { readonly dueMs: number; cancel(): void }>();
  const outcomes = { done: 0, again: 0, failed: 0, terminal: 0 };
  let isStopped = false;

  const work = async (key: string): Promise<void> => {
    try {
      const result = await process(key);
      retries.forget(key);
      if (result === undefined) outcomes.done++;
      else {
        outcomes.again++;
        addAfter(key, result.againAfterMs);
      }
    } catch (error) {
      takeFailure(key, error);
    }
  };
  const takeFailure = (key: string, error: unknown): void => {
    if (error instanceof TerminalError) {
      outcomes.terminal++;
      retries.forget(key);
      logger.error({ err: error, key }, 'failed for good; waiting for a change');
      return;
    }
    outcomes.failed++;
    const { waitMs, failures } = retries.next(key);
    logger.warn({ err: error, key, failures, waitMs: Math.round(waitMs) }, 'failed; trying again');
    addAfter(key, waitMs);
  };
  const startWorkers = (): void => {
    for (const key of waiting) {
      if (isStopped || inWork.size >= concurrency) return;
      waiting.delete(key);
      // In a task of its own: `add` returns before `process` runs, and what `process` throws at once is a rejection.
      const working = Promise.resolve()
        .then(() => work(key))
        .then(() => {
          inWork.delete(key);
          if (dirty.delete(key)) waiting.add(key);
          startWorkers();
        });
      inWork.set(key, working);
    }
  };
  const add = (key: string): void => {
    if (isStopped) return;
    if (inWork.has(key)) dirty.add(key);
    else {
      waiting.add(key);
      startWorkers();
    }
  };
  const addAfter = (key: string, ms: number): void => {
    if (isStopped) return;
    const dueMs = timers.monotonicMs() + ms;
    const planned = later.get(key);
    if (planned !== undefined && planned.dueMs <= dueMs) return;
    planned?.cancel();
    const cancel = timers.after(Math.max(0, ms), () => {
      later.delete(key);
      add(key);
    });
    later.set(key, { dueMs, cancel });
  };

  return {
    add,
    addAfter,
    size: () => waiting.size + inWork.size,
    outcomes: () => ({ ...outcomes }),
    async stop() {
      isStopped = true;
      for (const { cancel } of later.values()) cancel();
      later.clear();
      waiting.clear();
      dirty.clear();
      await Promise.all(inWork.values());
    },
  };
}
