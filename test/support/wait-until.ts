import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again until the answer is neither false nor null, for a generous time: tests state what must become
 * true, never how fast.
 */
export async function waitUntil<T>(
  what: string,
  ask: () => T | false | null | undefined | Promise<T | false | null | undefined>,
  { timeoutMs = 60_000, everyMs = 100 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== false && answer !== null && answer !== undefined) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > endMs)
      throw new Error(`waited ${timeoutMs / 1_000} s in vain for: ${what}`, { cause: last });
    await delay(everyMs);
  }
}
