import { closeSync, fstatSync, openSync, readdirSync, readSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SpanSlots } from '@streamswarm/contract/wire/batch';
import { decodeBatchHead, HEAD_BYTES, headBytes } from './batch-file.ts';
import { type BatchName, compareBatches, parseBatchFileName } from './batch-name.ts';

/** A batch that waits on disk. */
export interface SpooledBatch extends BatchName {
  readonly file: string;
  readonly bytes: number;
}

/**
 * What lies in a spool folder at a start, oldest first; `found` hears of each batch what it holds. Half-written files
 * go, damaged ones move to `badDir`. Synchronous: 50,000 heads are a second so, and three by promises.
 */
export function scanSpool(
  dir: string,
  badDir: string,
  found: (batch: SpooledBatch, runs: readonly SpanSlots[]) => void,
): { damaged: string[] } {
  const damaged: string[] = [];
  for (const { file, name } of batchFilesIn(dir)) {
    const head = readBatchHead(join(dir, file));
    if (head === null) {
      renameSync(join(dir, file), join(badDir, file));
      damaged.push(file);
    } else found({ ...name, file, bytes: head.bytes }, head.runs);
  }
  return { damaged };
}

function batchFilesIn(dir: string): { file: string; name: BatchName }[] {
  const files: { file: string; name: BatchName }[] = [];
  for (const file of readdirSync(dir)) {
    const name = parseBatchFileName(file);
    if (name !== null) files.push({ file, name });
    else if (file.endsWith('.tmp')) unlinkSync(join(dir, file));
  }
  return files.sort((a, b) => compareBatches(a.name, b.name));
}

/** Size and slots of a batch file, or null where its head is damaged. */
export function readBatchHead(path: string): { bytes: number; runs: readonly SpanSlots[] } | null {
  const fd = openSync(path, 'r');
  try {
    const bytes = fstatSync(fd).size;
    let start = readStart(fd, Math.min(bytes, 4_096));
    const needed = headBytes(start.subarray(0, HEAD_BYTES), bytes);
    if (needed === null) return null;
    if (needed > start.length) start = readStart(fd, needed);
    const head = decodeBatchHead(start, bytes);
    return head === null ? null : { bytes, runs: head.runs };
  } finally {
    closeSync(fd);
  }
}

function readStart(fd: number, length: number): Buffer {
  const start = Buffer.alloc(length);
  return start.subarray(0, readSync(fd, start, 0, length, 0));
}
