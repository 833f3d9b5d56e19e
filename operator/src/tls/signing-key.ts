import './reflect-metadata.ts';
import type { webcrypto } from 'node:crypto';
import { PemConverter } from '@peculiar/x509';
import { EC } from './certificate-choices.ts';

/**
 * The key of a CA, ready to sign. Node 24 takes an error that a failed TLS connection of this thread has left behind
 * in OpenSSL for one of the import; the failure takes it away, so that the second try tells the truth.
 */
export async function importSigningKey(keyPem: string): Promise<webcrypto.CryptoKey> {
  const key = PemConverter.decodeFirst(keyPem);
  const load = () => crypto.subtle.importKey('pkcs8', key, EC, false, ['sign']);
  return await load().catch(load);
}
