import { appendFileSync } from 'node:fs';
import type { TestContext } from 'node:test';

/**
 * The only way to skip a test: it says so loudly, and where nothing may be skipped (CI is set) it fails instead.
 * Use as `if (!needsRoot(t)) return;`.
 */
export function needsRoot(t: TestContext): boolean {
  return needs(t, process.getuid?.() === 0, 'root (run it with sudo)');
}

export function needsLinux(t: TestContext): boolean {
  return needs(t, process.platform === 'linux', 'Linux');
}

/** Skips unless `given`; `what` completes "needs ...". */
export function needs(t: TestContext, given: boolean, what: string): boolean {
  if (given) return true;
  const { CI } = process.env;
  if (CI !== undefined && CI !== '' && CI !== 'false') {
    throw new Error(
      `"${t.name}" needs ${what}, and nothing is skipped in CI: give this runner what it needs`,
    );
  }
  announceSkip(`"${t.name}": it needs ${what}`);
  t.skip(`needs ${what}`);
  return false;
}

/** Says that something is skipped, now and once more after the last result of `npm test`. */
export function announceSkip(what: string): void {
  const file = process.env['STREAMSWARM_SKIPS'];
  process.stderr.write(`\n*** SKIPPED ${what} ***\n`);
  if (file !== undefined) appendFileSync(file, `${what}\n`);
}
