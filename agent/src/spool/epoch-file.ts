import { join } from 'node:path';
import { writeDurably } from '../state/durable-file.ts';
import { readJsonFile } from '../state/json-file.ts';

/**
 * The epoch of this start: the wall clock in ms, and above every epoch before it even where that clock was set
 * back, because the operator orders words and batches by it. Kept before it is used.
 */
export async function beginEpoch(dir: string, wallMs: number, newestInSpool: number): Promise<number> {
  const path = join(dir, 'epoch.json');
  const stored = (await readJsonFile(path))?.['epoch'];
  const before = Math.max(newestInSpool, Number.isSafeInteger(stored) ? (stored as number) : 0);
  const epoch = Math.max(Math.floor(wallMs), before + 1);
  await writeDurably(path, `${JSON.stringify({ epoch })}\n`);
  return epoch;
}
