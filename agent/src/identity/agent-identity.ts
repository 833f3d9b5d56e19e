import { join } from 'node:path';
import { writeDurably } from '../state/durable-file.ts';
import { readJsonFile } from '../state/json-file.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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
