import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from './failure.mjs';
import { installedAsLocked } from './lock-match.mjs';
import { npmCommand, pathFor } from './npm.mjs';
import { explainNpmFailure } from './npm-failure.mjs';
import { seconds } from './progress.mjs';

const KEPT_LINES = 40;
/**
 * A user's npm settings must not change what is installed: `omit=dev` would leave Node 24 out, `ignore-scripts`
 * its binary, and `engine-strict` would refuse the Node that only has to run this bootstrap.
 */
const SETTINGS = [
  '--include=dev',
  '--include=optional',
  '--ignore-scripts=false',
  '--engine-strict=false',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--loglevel=http',
];

/** @param {string} checkout */
export function isInstalled(checkout) {
  return installedAsLocked(
    JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')),
    readJson(join(checkout, 'node_modules', '.package-lock.json')),
  );
}

/**
 * Runs `npm ci` and tells how far it is.
 *
 * @param {{checkout: string, env: Readonly<Record<string, string | undefined>>,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>}} room
 */
export async function install({ checkout, env, progress }) {
  refuseReadOnly(checkout);
  const step = progress.step('Installing dependencies');
  const cache = privateCache(env);
  const { file, args } = npmCommand(env, process.platform);
  const child = spawn(file, [...args, 'ci', ...SETTINGS, ...(cache === null ? [] : ['--cache', cache])], {
    cwd: checkout,
    env: pathFor(env, checkout, { withCheckout: false }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {string[]} */
  const lines = [];
  let fetched = 0;
  let lastFetchMs = 0;
  const read = (/** @type {string} */ line) => {
    if (line.includes('npm http ')) {
      if (!line.includes('.tgz')) return;
      fetched += 1;
      lastFetchMs = step.elapsedMs();
      step.note(`${fetched} packages`);
    } else {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    }
  };
  createInterface({ input: child.stdout }).on('line', read);
  createInterface({ input: child.stderr }).on('line', read);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((error) => {
    lines.push(String(error));
    return 1;
  });
  if (cache !== null) rmSync(cache, { recursive: true, force: true });
  if (code !== 0) {
    step.failed();
    throw new Failure(explainNpmFailure(lines.join('\n')), lines);
  }
  step.done(
    fetched === 0
      ? 'Dependencies installed'
      : `Dependencies installed (${fetched} packages, downloads ended after ${seconds(lastFetchMs)})`,
  );
}

/** @param {string} checkout */
function refuseReadOnly(checkout) {
  try {
    accessSync(checkout, constants.W_OK);
  } catch {
    throw new Failure(
      `The dependencies are not installed yet, and ${checkout} cannot be written by this user. ` +
        'Clone the repository as the user who starts it, or let its owner run `npm ci` there once.',
    );
  }
}

/**
 * A cache folder for this one run where npm's usual one cannot be written (no home, or one that belongs to
 * somebody else), else null.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
function privateCache(env) {
  const usual = env['npm_config_cache'] ?? (env['HOME'] === undefined ? null : join(env['HOME'], '.npm'));
  const existing = usual !== null && existsSync(usual) ? usual : (env['HOME'] ?? null);
  try {
    if (existing === null) throw new Error('no home');
    accessSync(existing, constants.W_OK);
    return null;
  } catch {
    return mkdtempSync(join(tmpdir(), 'streamswarm-npm-'));
  }
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
