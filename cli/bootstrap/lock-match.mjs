/**
 * Whether what npm installed is what the lock file asks for. npm writes the list of what it installed
 * (node_modules/.package-lock.json) as its very last act, so an interrupted installation has none.
 *
 * @typedef {{version?: string, integrity?: string, link?: boolean, optional?: boolean, peer?: boolean}} Locked
 * @param {{packages?: Record<string, Locked>}} lock package-lock.json
 * @param {{packages?: Record<string, Locked>} | null} installed node_modules/.package-lock.json
 */
export function installedAsLocked(lock, installed) {
  const wanted = packagesOf(lock);
  const present = installed === null ? null : packagesOf(installed);
  if (wanted.size === 0 || present === null) return false;
  for (const [path, entry] of wanted) {
    const found = present.get(path);
    // Packages for other platforms are optional and stay away.
    if (found === undefined ? !entry.optional : !same(found, entry)) return false;
  }
  return [...present.keys()].every((path) => wanted.has(path));
}

/** @param {{packages?: Record<string, Locked>}} lock */
function packagesOf(lock) {
  return new Map(Object.entries(lock.packages ?? {}).filter(([path]) => path.startsWith('node_modules/')));
}

/** @param {Locked} a @param {Locked} b */
function same(a, b) {
  return a.version === b.version && a.integrity === b.integrity && Boolean(a.link) === Boolean(b.link);
}
