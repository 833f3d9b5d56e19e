import { readFile } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { batchPayload } from '@streamswarm/agent/spool/batch-file';
import type { Batch } from '@streamswarm/contract';

/** How many slots a batch in the spool answers. */
export async function countSlotsOfBatch(path: string): Promise<number> {
  const payload = batchPayload(await readFile(path));
  if (payload === null) throw new Error(`${path} is not a batch`);
  const batch = JSON.parse(zstdDecompressSync(payload).toString()) as Batch;
  const samples = Object.values(batch.tables).reduce((sum, table) => sum + table.span.length, 0);
  return samples + batch.ranges.reduce((sum, range) => sum + range.end - range.first, 0);
}
