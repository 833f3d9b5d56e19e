import { setTimeout as delay } from 'node:timers/promises';
import type { Fleet } from '@streamswarm/contract';

const ASK_EVERY_MS = 100;

/** Waits until the server knows an agent that is online: from then on samples come. False after `withinMs`. */
export async function agentOnline(
  server: string,
  { withinMs, signal, now }: { withinMs: number; signal: AbortSignal; now: () => number },
): Promise<boolean> {
  for (const began = now(); now() - began < withinMs; ) {
    const fleet = await readFleet(server, signal);
    if (fleet?.agents.some((agent) => agent.online)) return true;
    await delay(ASK_EVERY_MS, undefined, { signal });
  }
  return false;
}

async function readFleet(server: string, signal: AbortSignal): Promise<Fleet | null> {
  try {
    const response = await fetch(`${server}/api/v1/fleet`, { signal });
    return response.ok ? ((await response.json()) as Fleet) : null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}
