import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * A hash of files and folders by path and content, the same on every machine.
 *
 * @param {string} root
 * @param {readonly string[]} entries files and folders below root; those that do not exist count as such
 * @param {(path: string) => boolean} leaveOut by path below root, with slashes
 */
export function contentHash(root, entries, leaveOut) {
  const hash = createHash('sha256');
  for (const file of entries.flatMap((entry) => filesOf(root, join(root, entry), leaveOut)).sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

/**
 * @param {string} root
 * @param {string} path
 * @param {(path: string) => boolean} leaveOut
 * @returns {string[]}
 */
function filesOf(root, path, leaveOut) {
  const name = relative(root, path).split(sep).join('/');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || leaveOut(name)) return [];
  if (!stat.isDirectory()) return [name];
  return readdirSync(path).flatMap((entry) => filesOf(root, join(path, entry), leaveOut));
}
