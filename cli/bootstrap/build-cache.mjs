import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const KEPT_BUILDS = 4;

/**
 * Where builds of the console are kept by the hash of their sources, so that a second clone is quick.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function cacheFolder(env) {
  return join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'streamswarm', 'console');
}

/**
 * Copies a kept build to `to`; false where there is none.
 *
 * @param {string} cache @param {string} hash @param {string} to
 */
export function takeFromCache(cache, hash, to) {
  const kept = join(cache, hash);
  try {
    if (!existsSync(kept)) return false;
    rmSync(to, { recursive: true, force: true });
    cpSync(kept, to, { recursive: true });
    utimesSync(kept, new Date(), new Date());
    return true;
  } catch {
    // The cache is a convenience: a damaged or unreadable one only costs a build.
    rmSync(to, { recursive: true, force: true });
    return false;
  }
}

/**
 * Keeps a build; a cache that cannot be written is left alone.
 *
 * @param {string} cache @param {string} hash @param {string} from
 */
export function putIntoCache(cache, hash, from) {
  const whole = join(cache, hash);
  const growing = join(cache, `.${hash}.${process.pid}`);
  try {
    if (existsSync(whole)) return;
    mkdirSync(cache, { recursive: true });
    cpSync(from, growing, { recursive: true });
    // A reader sees the whole build or none.
    renameSync(growing, whole);
    dropOldest(cache);
  } catch {
    rmSync(growing, { recursive: true, force: true });
  }
}

/** @param {string} cache */
function dropOldest(cache) {
  const byAge = readdirSync(cache)
    .map((name) => ({ path: join(cache, name), usedMs: statSync(join(cache, name)).mtimeMs }))
    .sort((a, b) => b.usedMs - a.usedMs);
  for (const { path } of byAge.slice(KEPT_BUILDS)) rmSync(path, { recursive: true, force: true });
}
