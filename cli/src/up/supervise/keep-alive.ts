import { setTimeout as delay } from 'node:timers/promises';
import { deathsInARow, restartDelayMs } from './back-off.ts';
import { type Child, type Exit, exitText } from './child.ts';

/** Something that is kept running. `start` answers once it is ready for use, and fails if it ended before. */
export interface Service {
  readonly name: string;
  start(signal: AbortSignal): Promise<Child>;
  stop(child: Child, atOnce: AbortSignal): Promise<void>;
}

export interface KeepAliveRoom {
  say(line: string): void;
  now(): number;
}

export interface Kept {
  /** Ends it for good; `atOnce` cuts the waiting short. */
  stop(atOnce: AbortSignal): Promise<void>;
}

/** Starts a service and starts it again whenever it ends, until it is stopped. Fails if the first start fails. */
export async function keepAlive(
  service: Service,
  stopping: AbortSignal,
  { say, now }: KeepAliveRoom,
): Promise<Kept> {
  const end = new AbortController();
  const signal = AbortSignal.any([end.signal, stopping]);
  let child: Child | null = await service.start(signal);
  const watch = async (): Promise<void> => {
    let deaths = 0;
    let bornMs = now();
    while (!signal.aborted) {
      const exit: Exit | null = child === null ? null : await child.exited;
      if (signal.aborted) return;
      const diedMs = now();
      child = null;
      deaths = deathsInARow(deaths, diedMs - bornMs);
      if (exit !== null) say(`${service.name} ended (${exitText(exit)}), starting it again`);
      await delay(restartDelayMs(deaths), undefined, { signal });
      bornMs = now();
      try {
        child = await service.start(signal);
        say(`${service.name} is back after ${((now() - diedMs) / 1_000).toFixed(1)} s`);
      } catch (error) {
        if (signal.aborted) return;
        say(
          `${service.name} could not be started: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return {
    async stop(atOnce) {
      end.abort();
      const running = child;
      if (running !== null) await service.stop(running, atOnce);
      await watching;
      // A start that was under way may have come to its end all the same.
      if (child !== null && child !== running) await service.stop(child, atOnce);
    },
  };
}
