import { join } from 'node:path';
import { writeDurably } from '../state/durable-file.ts';
import { readJsonFile } from '../state/json-file.ts';
import type { AgentIdentity } from './agent-identity.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface StandaloneIdentityOptions {
  readonly stateDir: string;
  readonly name: string;
  newId(): string;
}

/** An agent on a host of its own. It proves nothing yet: it may only talk to an operator on the same host. */
export async function standaloneIdentity(options: StandaloneIdentityOptions): Promise<AgentIdentity> {
  const agentId = await loadAgentId(options.stateDir, options.newId);
  return { agentId, name: options.name, sessionHeaders: () => Promise.resolve({}) };
}

/**
 * The id of this agent: made at its first start and kept in its state folder, because streams are keyed by it
 * (a new id would break every series).
 */
export async function loadAgentId(stateDir: string, newId: () => string): Promise<string> {
  const path = join(stateDir, 'identity.json');
  const stored = await readJsonFile(path);
  if (stored !== null && typeof stored['agentId'] === 'string' && UUID.test(stored['agentId'])) {
    return stored['agentId'];
  }
  const agentId = newId();
  await writeDurably(path, `${JSON.stringify({ agentId })}\n`);
  return agentId;
}
