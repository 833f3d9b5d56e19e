import { setTimeout as delay } from 'node:timers/promises';

/** Waits for something to become true, and fails with what was waited for. */
export async function until<T>(what: string, ask: () => T | null | undefined | false): Promise<T> {
  for (const began = performance.now(); performance.now() - began < 20_000; await delay(20)) {
    const answer = ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`waited 20 s in vain for: ${what}`);
}
