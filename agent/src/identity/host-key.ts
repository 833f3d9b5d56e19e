import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../state/durable-file.ts';

/** The agent's own Ed25519 key; the private half never leaves its state folder. */
export interface HostKey {
  readonly privateKey: KeyObject;
  /** base64url of the 32 bytes of the public half (RFC 8037, `x`). */
  readonly publicKey: string;
}

/**
 * The key for a join by this token: made at the first try and found again at the next, so that a try whose answer was
 * lost can be repeated. Each token has a key of its own; a revoked one is never used again.
 */
export async function keyForToken(stateDir: string, token: string): Promise<HostKey> {
  const path = keyPath(stateDir, tokenId(token));
  const kept = await readKey(path);
  if (kept !== null) return kept;
  const { privateKey } = generateKeyPairSync('ed25519');
  // 0600, as all that is written durably.
  await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  return hostKey(privateKey);
}

export function keyPath(stateDir: string, id: string): string {
  return join(stateDir, `host-key-${id}.pem`);
}

/** Names a token without telling it. */
export function tokenId(token: string): string {
  return createHash('sha256').update(`streamswarm token id ${token}`).digest('hex').slice(0, 16);
}

/** Null where there is none. */
export async function readKey(path: string): Promise<HostKey | null> {
  try {
    return hostKey(createPrivateKey(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`the key ${path} cannot be used: join again with a new token`, { cause: error });
  }
}

function hostKey(privateKey: KeyObject): HostKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (privateKey.asymmetricKeyType !== 'ed25519' || x === undefined) throw new Error('it is no Ed25519 key');
  return { privateKey, publicKey: x };
}
