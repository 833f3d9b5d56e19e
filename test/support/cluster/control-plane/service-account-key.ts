import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/** The key by which the API server signs tokens of service accounts (it reads PKCS #8 only as a private key). */
export function writeServiceAccountKey(path: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(path, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  return path;
}
