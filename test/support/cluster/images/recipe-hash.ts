import { createHash } from 'node:crypto';

/** Key of an image by all that it is built of. */
export function recipeHash(parts: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...parts, on: process.arch }))
    .digest('hex')
    .slice(0, 24);
}
