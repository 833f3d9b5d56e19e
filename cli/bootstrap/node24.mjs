import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

const NEEDED_MAJOR = 24;

/**
 * The Node that runs the product: the one that npm installed into the checkout, else the one we run on, if that
 * is new enough.
 *
 * @param {string} checkout
 */
export function findNode24(checkout) {
  const own = join(
    checkout,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (majorOf(own) >= NEEDED_MAJOR) return own;
  return Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR ? process.execPath : null;
}

/** @param {string} checkout */
export function requireNode24(checkout) {
  const node = findNode24(checkout);
  if (node !== null) return node;
  throw new Failure(
    `Node ${NEEDED_MAJOR} from npm does not run on this system (${process.platform} ${process.arch}). ` +
      `The npm package "node" has builds for Linux with glibc, macOS and Windows only. ` +
      `Install Node ${NEEDED_MAJOR} or newer yourself and start again with it.`,
  );
}

/** @param {string} file */
function majorOf(file) {
  const { stdout, status } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout.slice(1), 10) : 0;
}
