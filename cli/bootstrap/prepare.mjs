import { CHECKOUT } from './checkout.mjs';
import { ensureConsole } from './console-build.mjs';
import { Failure } from './failure.mjs';
import { install, isInstalled } from './install.mjs';
import { findNode24, requireNode24 } from './node24.mjs';
import { pathFor } from './npm.mjs';
import { createProgress } from './progress.mjs';

const OLDEST_NODE = 20;

/**
 * Does the set-up of a checkout that is still missing, then `work`; tells what went wrong in plain words.
 *
 * @param {{withConsole: boolean, work: (ready: {node: string, checkout: string,
 *   env: Record<string, string | undefined>}) => Promise<number>}} options
 */
export async function prepareAnd({ withConsole, work }) {
  try {
    if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
      throw new Failure(
        `Node ${OLDEST_NODE} or newer is needed to begin with; this is ${process.version}. Update Node, then start again.`,
      );
    }
    const room = {
      checkout: CHECKOUT,
      env: process.env,
      progress: createProgress(process.stderr, () => performance.now()),
    };
    let node = isInstalled(CHECKOUT) ? findNode24(CHECKOUT) : null;
    if (node === null) {
      await install(room);
      node = requireNode24(CHECKOUT);
    }
    if (withConsole) await ensureConsole(room);
    process.exitCode = await work({
      node,
      checkout: CHECKOUT,
      env: pathFor(process.env, CHECKOUT, { withCheckout: true }),
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    for (const line of error.details) process.stderr.write(`  | ${line}\n`);
    process.exitCode = 1;
  }
}
