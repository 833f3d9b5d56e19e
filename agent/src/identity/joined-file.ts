import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../state/durable-file.ts';
import { readJsonFile } from '../state/json-file.ts';
import { keyPath } from './host-key.ts';

/** What an agent keeps of having joined an operator; its key and the operator's CA lie beside it. */
export interface Joined {
  readonly agentId: string;
  readonly name: string;
  /** Of the operator: assertions are for it alone. */
  readonly cluster: string;
  /** https URL. */
  readonly server: string;
  /** Names the token that it joined by, and the key. */
  readonly tokenId: string;
}

const FIELDS = ['agentId', 'name', 'cluster', 'server', 'tokenId'] as const;

const path = (stateDir: string): string => join(stateDir, 'joined.json');

/** The CA (PEM) of the operator that was joined by a token; another join leaves it alone until it has succeeded. */
export function joinedCaPath(stateDir: string, tokenId: string): string {
  return join(stateDir, `operator-ca-${tokenId}.crt`);
}

/** Null where this agent has not joined. */
export async function readJoined(stateDir: string): Promise<Joined | null> {
  const stored = await readJsonFile(path(stateDir));
  if (stored === null) return null;
  const [agentId, name, cluster, server, tokenId] = FIELDS.map((field) => {
    const value = stored[field];
    return typeof value === 'string' && value !== '' ? value : null;
  });
  if (!agentId || !name || !cluster || !server || !tokenId) return null;
  return { agentId, name, cluster, server, tokenId };
}

export function writeJoined(stateDir: string, joined: Joined): Promise<void> {
  return writeDurably(path(stateDir), `${JSON.stringify(joined)}\n`);
}

/** Deletes key, CA and what was kept of the join; what was measured and not delivered stays in the spool. */
export async function forgetJoined(stateDir: string, joined: Joined): Promise<void> {
  const files = [keyPath(stateDir, joined.tokenId), path(stateDir), joinedCaPath(stateDir, joined.tokenId)];
  for (const file of files) await rm(file, { force: true });
}
