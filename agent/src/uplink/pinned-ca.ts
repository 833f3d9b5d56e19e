import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { notReached } from './not-reached.ts';

const CONNECT_MS = 10_000;

/** `sha256:` and 64 hex digits, with or without colons between them; throws with what is wrong. */
export function parseFingerprint(text: string): string {
  const digits = text
    .replace(/^sha256:/i, '')
    .replaceAll(':', '')
    .toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  throw new Error('--ca-fingerprint must be sha256: and 64 hex digits: copy the join command as a whole');
}

/**
 * The CA (PEM) that a server shows behind its certificate, if it has this fingerprint. Nothing is sent beyond the
 * handshake; whether the server's own certificate is of that CA is for the connection after this one, which believes
 * no other.
 */
export async function fetchPinnedCa(server: URL, fingerprint: string): Promise<string> {
  const ca = (await shownCertificates(server)).find(
    (shown) => shown.ca && shown.fingerprint256.replaceAll(':', '').toLowerCase() === fingerprint,
  );
  if (ca !== undefined) return ca.toString();
  throw new Error(
    `${server.host} is not the operator of the join command: its CA has another fingerprint. Nothing was told to it. ` +
      'Check the address, and whether somebody is between; the operator shows its fingerprint with each join token.',
  );
}

function shownCertificates(server: URL): Promise<X509Certificate[]> {
  const host = server.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(server.port || 443),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      minVersion: 'TLSv1.2',
      // Only looked at: what it shows is compared with the fingerprint, and nothing is written.
      rejectUnauthorized: false,
    });
    const timer = setTimeout(
      () =>
        socket.destroy(
          notReached('ETIMEDOUT', `no TLS connection to ${server.host} within ${CONNECT_MS / 1e3} s`),
        ),
      CONNECT_MS,
    );
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      reject(notReached('ECONNRESET', `${server.host} closed the connection during the TLS handshake`));
    });
    socket.once('secureConnect', () => {
      const shown: X509Certificate[] = [];
      const seen = new Set<string>();
      let next = socket.getPeerCertificate(true);
      // A root is its own issuer.
      while (next?.raw !== undefined && !seen.has(next.fingerprint256)) {
        seen.add(next.fingerprint256);
        shown.push(new X509Certificate(next.raw));
        next = next.issuerCertificate;
      }
      resolve(shown);
      socket.destroy();
    });
  });
}
