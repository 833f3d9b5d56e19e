import './reflect-metadata.ts';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { BACKDATED_MS, EC, newSerial, SIGNATURE } from './certificate-choices.ts';
import type { StoredCa } from './stored-ca.ts';

const TEN_YEARS_MS = 3_652 * 86_400_000;

/** A new certificate authority (ECDSA P-256, ten years), which may sign servers and no further authority. */
export async function makeCa(nowMs: number): Promise<StoredCa> {
  const keys = await crypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    keys,
    name: 'CN=StreamSwarm operator CA',
    serialNumber: newSerial(),
    notBefore: new Date(nowMs - BACKDATED_MS),
    notAfter: new Date(nowMs + TEN_YEARS_MS),
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    keyPem: `${PemConverter.encode(key, 'PRIVATE KEY')}\n`,
  };
}
