import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Owner } from './owner.ts';

const EXECUTE = 0o1;

/** Whether a user may enter every folder on the way to `path` and use `path` itself (read and enter or execute). */
export function canReach(path: string, { uid, gid }: Owner): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    const shift = stat.uid === uid ? 6 : stat.gid === gid ? 3 : 0;
    if (((stat.mode >> shift) & EXECUTE) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
