import './reflect-metadata.ts';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { BACKDATED_MS, EC, newSerial, SIGNATURE } from './certificate-choices.ts';
import { importSigningKey } from './signing-key.ts';
import type { StoredCa } from './stored-ca.ts';

const NINETY_DAYS_MS = 90 * 86_400_000;

/** By which a server may be called. */
export interface ServerNames {
  readonly dnsNames: readonly string[];
  /** Literal addresses. */
  readonly ips: readonly string[];
}

/** A server's certificate with its key; the key is made for it and is kept nowhere else. */
export interface Leaf {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** Signs a certificate for a server: ECDSA P-256, 90 days and never longer than its CA. */
export async function issueLeaf(ca: StoredCa, names: ServerNames, nowMs: number): Promise<Leaf> {
  const [firstName] = [...names.dnsNames, ...names.ips];
  if (firstName === undefined) throw new Error('a certificate needs at least one name or address');
  const authority = new X509Certificate(ca.certificatePem);
  const [keys, signingKey] = await Promise.all([
    crypto.subtle.generateKey(EC, true, ['sign', 'verify']),
    importSigningKey(ca.keyPem),
  ]);
  const notBeforeMs = nowMs - BACKDATED_MS;
  const notAfterMs = Math.min(nowMs + NINETY_DAYS_MS, authority.notAfter.getTime());
  const certificate = await X509CertificateGenerator.create({
    // Only for people who look at it: names are checked in the extension (RFC 9525, 2).
    subject: [{ O: ['StreamSwarm'] }, { CN: ['operator'] }],
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey,
    serialNumber: newSerial(),
    notBefore: new Date(notBeforeMs),
    notAfter: new Date(notAfterMs),
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...names.dnsNames.map((value) => ({ type: 'dns' as const, value })),
        ...names.ips.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await AuthorityKeyIdentifierExtension.create(authority),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    keyPem: `${PemConverter.encode(key, 'PRIVATE KEY')}\n`,
    notBeforeMs,
    notAfterMs,
  };
}
