import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The heap that is really in use, bytes. */
export function liveHeapBytes(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Sockets, timers and requests that keep the process alive, by kind. */
export function activeResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Kinds of which there are more than before; empty where nothing was left behind. Handles close in a later turn. */
export async function leftBehind(before: Record<string, number>): Promise<Record<string, number>> {
  for (let tries = 0; ; tries++) {
    const more = Object.entries(activeResources()).filter(([kind, count]) => count > (before[kind] ?? 0));
    if (more.length === 0 || tries >= 200) return Object.fromEntries(more);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
