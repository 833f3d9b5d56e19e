import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits, in letters that need no quoting anywhere. */
export function newSecret(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a secret. It is random, so a fast hash cannot be searched (unlike that of a password). */
export function hashSecret(secret: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(secret).digest();
}
