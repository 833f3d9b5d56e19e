import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cacheFolder, putIntoCache, takeFromCache } from './build-cache.mjs';
import { contentHash } from './content-hash.mjs';
import { Failure } from './failure.mjs';
import { npmCommand, pathFor } from './npm.mjs';

const KEPT_LINES = 40;
const STAMP = '.built-from';
/** What the built console depends on. */
const SOURCES = ['console', 'contract/src', 'contract/package.json', 'package-lock.json'];
const GENERATED =
  /^console\/(out|\.next|node_modules|next-env\.d\.ts)$|(^|\/)\.[^/]+$|\.test\.tsx?$|\.tsbuildinfo$/;

/** @param {string} checkout */
export function consoleHash(checkout) {
  return contentHash(checkout, SOURCES, (path) => GENERATED.test(path));
}

/**
 * Whether the built console is the one of these sources.
 *
 * @param {string} checkout @param {string} hash
 */
export function isBuilt(checkout, hash) {
  try {
    return readFileSync(join(checkout, 'console', 'out', STAMP), 'utf8') === hash;
  } catch {
    return false;
  }
}

/**
 * Builds the console where its sources changed, or takes the build of these sources from the user's cache.
 *
 * @param {{checkout: string, env: Readonly<Record<string, string | undefined>>,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>}} room
 */
export async function ensureConsole({ checkout, env, progress }) {
  const hash = consoleHash(checkout);
  if (isBuilt(checkout, hash)) return;
  const out = join(checkout, 'console', 'out');
  const step = progress.step('Preparing the console');
  const cache = cacheFolder(env);
  if (takeFromCache(cache, hash, out)) {
    step.done('Console taken from the cache of earlier builds');
    return;
  }
  const { code, lines } = await runBuild(checkout, env);
  if (code !== 0) {
    step.failed();
    throw new Failure('The console could not be built; the last lines of its build are below.', lines);
  }
  // Last, so that an interrupted build leaves no stamp behind.
  writeFileSync(join(out, STAMP), hash);
  putIntoCache(cache, hash, out);
  step.done('Console built');
}

/**
 * @param {string} checkout
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Promise<{code: number | null, lines: string[]}>}
 */
function runBuild(checkout, env) {
  const { file, args } = npmCommand(env, process.platform);
  const child = spawn(file, [...args, 'run', 'build'], {
    cwd: checkout,
    env: { ...pathFor(env, checkout, { withCheckout: true }), NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {string[]} */
  const lines = [];
  const keep = (/** @type {string} */ line) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  };
  createInterface({ input: child.stdout }).on('line', keep);
  createInterface({ input: child.stderr }).on('line', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, lines }));
  });
}
