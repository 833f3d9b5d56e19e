import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { getCACertificates } from 'node:tls';

let roots: ReadonlyMap<string, readonly X509Certificate[]> | null = null;

/** Roots that this host trusts, by subject; read at the first use. */
function trustedRoots(): ReadonlyMap<string, readonly X509Certificate[]> {
  if (roots !== null) return roots;
  const found = new Map<string, X509Certificate[]>();
  for (const pem of getCACertificates('default')) {
    const root = new X509Certificate(pem);
    found.set(root.subject, [...(found.get(root.subject) ?? []), root]);
  }
  roots = found;
  return roots;
}

/**
 * How long it takes to check a chain alone (seconds): each signature, each date, the root, the name (RFC 5280, 6;
 * without policies and revocation). Null where the chain ends at no trusted root, or a check fails.
 */
export function chainCheckSeconds(
  leaf: X509Certificate,
  serverName: string,
  anchors: ReadonlyMap<string, readonly X509Certificate[]> = trustedRoots(),
): number | null {
  const beganMs = performance.now();
  const nowMs = Date.now();
  let current = leaf;
  for (let length = 0; length < 16; length++) {
    if (nowMs < current.validFromDate.getTime() || nowMs > current.validToDate.getTime()) return null;
    const anchor = anchors
      .get(current.issuer)
      ?.find((root) => root.fingerprint256 === current.fingerprint256 || current.verify(root.publicKey));
    if (anchor !== undefined) {
      nameFits(leaf, serverName);
      return (performance.now() - beganMs) / 1e3;
    }
    const issuer = current.issuerCertificate;
    if (issuer === undefined || issuer.fingerprint256 === current.fingerprint256) return null;
    if (!current.verify(issuer.publicKey)) return null;
    current = issuer;
  }
  return null;
}

/** Whether a certificate is for a name or a literal address (RFC 9525). */
export function nameFits(leaf: X509Certificate, serverName: string): boolean {
  const found =
    isIP(serverName) === 0 ? leaf.checkHost(serverName.replace(/\.$/, '')) : leaf.checkIP(serverName);
  return found !== undefined;
}
