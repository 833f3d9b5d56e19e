import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isTransient } from '../kube/kube-error.ts';

const WAIT_MS = 500;

/** Tries again while the API server does not answer: at the start of a cluster everything starts at once. */
export async function untilReachable<T>(work: () => Promise<T>, logger: Logger): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (tries % 10 === 9) logger.warn({ err: error }, 'still waiting for the API server');
      await delay(WAIT_MS);
    }
  }
}
