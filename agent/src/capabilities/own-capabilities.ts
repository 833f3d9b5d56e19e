import { accessSync, constants } from 'node:fs';
import type { Capability } from '@streamswarm/contract/wire/session';
import { startPacketEngine } from '../native/packet-engine.ts';
import { agentCapabilities } from './agent-capabilities.ts';

/** What this process could measure on this host now, tried out with a packet engine of its own. */
export async function ownCapabilities(): Promise<Capability[]> {
  const engine = await startPacketEngine();
  try {
    return agentCapabilities({ engine: engine.capabilities, platform: process.platform, canRead });
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
