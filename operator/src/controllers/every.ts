import type { Logger } from 'pino';
import { isDatabaseUnavailable } from '../store/unavailable.ts';

/** Does work again and again, never twice at once; a failure is logged and the next turn tries again. */
export function every(ms: number, logger: Logger, work: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // While Postgres is away everybody says so already; anything else is a defect that must be seen.
      const level = isDatabaseUnavailable(error) ? 'debug' : 'warn';
      logger[level]({ err: error }, 'housekeeping failed; trying again');
    }
    if (!stopped) {
      timer = setTimeout(() => {
        current = turn();
      }, ms);
    }
  };
  current = turn();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
