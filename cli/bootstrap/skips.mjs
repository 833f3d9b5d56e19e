import { readFileSync } from 'node:fs';

/**
 * Repeats at the very end which tests were skipped and what they need, so that nobody takes a partial run for a
 * whole one. Tests write one line each into the file (test/support/needs.ts).
 *
 * @param {string} file @param {{write(text: string): unknown}} stream
 */
export function tellSkips(file, stream) {
  let lines;
  try {
    lines = readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return;
  }
  const rule = '!'.repeat(72);
  stream.write(`\n${rule}\n${lines.length} SKIPPED, so this was not the whole run:\n`);
  for (const line of lines) stream.write(`  ${line}\n`);
  stream.write(`${rule}\n`);
}
