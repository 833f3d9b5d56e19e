import { setTimeout as delay } from 'node:timers/promises';
import type { AgentLogger } from '../logger.ts';
import type { RunningEngine } from './packet-engine.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** An engine that ran for so long has begun well: the next failure starts with the short wait again. */
const WELL_MS = 60_000;

export interface KeptEngineOptions {
  /** The engine to begin with. */
  readonly engine: RunningEngine;
  restart(): Promise<{ engine: RunningEngine } | { failure: string }>;
  readonly log: Pick<AgentLogger, 'error' | 'info'>;
  monotonicMs(): number;
  /** Waits between an end and the next start (ms); given by tests. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

export interface KeptEngine {
  /** The engine that runs, or the one that has ended while the next is not there yet: what is asked of that rejects. */
  current(): RunningEngine;
  /** Ends the engine for good. */
  close(): Promise<void>;
}

/** Keeps a packet engine running: one that ends by itself is followed by another, after 1 s and up to 30 s. */
export function keepEngine(options: KeptEngineOptions): KeptEngine {
  const { log } = options;
  const closing = new AbortController();
  let { engine } = options;
  void follow(options, closing.signal, (next) => {
    engine = next;
    log.info({ capabilities: next.capabilities }, 'the packet engine runs again');
  });
  return {
    current: () => engine,
    async close() {
      closing.abort();
      await engine.close();
    },
  };
}

async function follow(
  options: KeptEngineOptions,
  signal: AbortSignal,
  isThere: (next: RunningEngine) => void,
): Promise<void> {
  const { log, monotonicMs } = options;
  const wait = options.wait ?? ((ms: number) => delay(ms, undefined, { signal, ref: false }));
  let { engine } = options;
  let waitMs = FIRST_WAIT_MS;
  for (let startedMs = monotonicMs(); ; startedMs = monotonicMs()) {
    const error = await engine.ended;
    if (signal.aborted) return;
    if (monotonicMs() - startedMs > WELL_MS) waitMs = FIRST_WAIT_MS;
    // The first of a row; those after it say nothing new.
    if (waitMs === FIRST_WAIT_MS) log.error({ err: error }, 'the packet engine has ended: starting another');
    for (let next: RunningEngine | null = null; next === null; ) {
      await wait(waitMs).catch(() => undefined);
      if (signal.aborted) return;
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      const started = await options.restart();
      if (!('engine' in started)) continue;
      if (signal.aborted) return started.engine.close();
      next = started.engine;
      engine = next;
      isThere(next);
    }
  }
}
