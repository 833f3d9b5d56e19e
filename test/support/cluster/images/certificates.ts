import { existsSync, readFileSync } from 'node:fs';

const USUAL = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt'];

/**
 * The authorities that this machine trusts, as one PEM text. Behind a proxy that opens TLS, npm and apt in a
 * build fail without them.
 */
export function trustedAuthorities(): string {
  const { NODE_EXTRA_CA_CERTS, SSL_CERT_FILE } = process.env;
  const file = [NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, ...USUAL].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (file === undefined)
    throw new Error('no CA bundle found: install ca-certificates, or set SSL_CERT_FILE');
  return readFileSync(file, 'utf8');
}
