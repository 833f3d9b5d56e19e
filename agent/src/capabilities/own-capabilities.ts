import { accessSync, constants } from 'node:fs';
import type { Capability } from '@streamswarm/contract/wire/session';
import { kernelClock } from '../native/kernel-clock.ts';
import { startPacketEngine } from '../native/packet-engine.ts';
import { agentCapabilities } from './agent-capabilities.ts';

/** What this process could measure on this host now, tried out with a packet engine of its own. */
export async function ownCapabilities(): Promise<Capability[]> {
  const [engine, readClock] = await Promise.all([startPacketEngine(), kernelClock()]);
  try {
    const { capabilities } = engine;
    return agentCapabilities({
      engine: capabilities,
      platform: process.platform,
      canRead,
      clock: readClock(),
    });
  } finally {
    await engine.close();
  }
}

export function canRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
