// First: the library does not load without it.
import '../../../../operator/src/tls/reflect-metadata.ts';
import type { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

/** The certificate by which the API server calls kubelets, and the authority that kubelets know it by. */
export interface KubeletClient {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export async function writeKubeletClient(dir: string, nowMs: number): Promise<KubeletClient> {
  const validity = { notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + 30 * DAY_MS) };
  const caKeys = await newKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=streamswarm-lab-kubelet-clients',
    ...validity,
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const keys = await newKeys();
  const client = await x509.X509CertificateGenerator.create({
    subject: 'CN=kube-apiserver, O=system:masters',
    issuer: ca.subject,
    ...validity,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])],
  });
  const write = (name: string, text: string): string => {
    const file = join(dir, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    caFile: write('kubelet-client-ca.crt', ca.toString('pem')),
    certFile: write('kubelet-client.crt', client.toString('pem')),
    keyFile: write('kubelet-client.key', x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')),
  };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
