import { basename, delimiter, join, resolve } from 'node:path';

/**
 * How to call npm: the very npm that started us where there is one, else the one on the PATH.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} platform
 * @returns {{file: string, args: string[]}}
 */
export function npmCommand(env, platform) {
  const script = env['npm_execpath'];
  // `yarn start` and `pnpm start` set this too, to themselves.
  if (script !== undefined && basename(script) === 'npm-cli.js') {
    return { file: env['npm_node_execpath'] ?? process.execPath, args: [script] };
  }
  return platform === 'win32' ? { file: 'cmd.exe', args: ['/c', 'npm'] } : { file: 'npm', args: [] };
}

/**
 * The environment with the Node of the checkout in front of the PATH, or with no trace of it: `npm ci` deletes
 * that Node while it works, so it must run on another one.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} checkout
 * @param {{withCheckout: boolean}} options
 */
export function pathFor(env, checkout, { withCheckout }) {
  const own = join(checkout, 'node_modules', '.bin');
  const others = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && resolve(folder) !== resolve(own));
  return { ...env, PATH: (withCheckout ? [own, ...others] : others).join(delimiter) };
}
