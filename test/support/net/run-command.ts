import { execFileSync } from 'node:child_process';

/** Runs a program to its end and returns what it printed; throws with its own words when it fails. */
export function runCommand(program: string, ...words: string[]): string {
  try {
    return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`${program} ${words.join(' ')}: ${said}`, { cause });
  }
}
