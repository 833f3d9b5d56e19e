import { X509Certificate } from 'node:crypto';
import { issueLeaf, type Leaf, type ServerNames } from './issue-leaf.ts';
import { makeCa } from './make-ca.ts';
import type { CaStore } from './stored-ca.ts';

/** The operator's own certificate authority, by which agents know that they talk to their operator. */
export interface OperatorCa {
  /** The certificate that agents are given. */
  readonly caPem: string;
  /** SHA-256 of the certificate (DER), as openssl prints it: upper-case pairs with colons. */
  readonly fingerprint: string;
  issueLeaf(names: ServerNames): Promise<Leaf>;
}

/** The CA of this operator, made at the very first start: replicas that start at once end with the same one. */
export async function openOperatorCa(store: CaStore, nowMs: () => number): Promise<OperatorCa> {
  const stored = (await store.load()) ?? (await store.keep(await makeCa(nowMs())));
  const certificate = new X509Certificate(stored.certificatePem);
  if (Date.parse(certificate.validTo) <= nowMs()) {
    throw new Error(
      `the operator's own CA ended on ${certificate.validTo}: delete the row of the table operator_ca, ` +
        'start again, and give the new CA certificate to the agents',
    );
  }
  return {
    caPem: stored.certificatePem,
    fingerprint: certificate.fingerprint256,
    issueLeaf: (names) => issueLeaf(stored, names, nowMs()),
  };
}
