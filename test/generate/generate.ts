// `npm run generate` writes what is made from the contract; with --check it only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { probesPage } from './probes-page.ts';
import { streamTestPage } from './stream-test-page.ts';

/** Path below the root of the repository, and what has to stand there. */
const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/reference/probes.md': probesPage,
  'docs/reference/stream-test.md': streamTestPage,
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const onlyCheck = process.argv.includes('--check');
const stale: string[] = [];

for (const [path, make] of Object.entries(GENERATED)) {
  const text = make();
  if (read(join(root, path)) === text) continue;
  stale.push(path);
  if (onlyCheck) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`written: ${path}`);
}
if (onlyCheck && stale.length > 0) {
  console.error(
    `not as the contract makes them: ${stale.join(', ')}. Run npm run generate and commit the result.`,
  );
  process.exitCode = 1;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
