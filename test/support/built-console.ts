import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../console/out', import.meta.url));

/** The folder of the console as `npm run build` exports it. Without it a browser would wait for pages in vain. */
export function builtConsole(): string {
  if (!existsSync(FOLDER)) throw new Error(`${FOLDER} is missing: build the console with "npm run build"`);
  return FOLDER;
}
