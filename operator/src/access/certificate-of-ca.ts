import type { Logger } from 'pino';
import type { CertificateSource } from '../api/listen-for-people.ts';
import type { Leaf, ServerNames } from '../tls/issue-leaf.ts';
import type { OperatorCa } from '../tls/operator-ca.ts';
import { renewLeaf } from '../tls/renew-leaf.ts';

export interface CertificateOfCaOptions {
  readonly ca: OperatorCa;
  names(): ServerNames;
  nowMs(): number;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

/** Certificates of the operator's own CA, renewed before they end. */
export function certificateOfCa({ ca, names, nowMs, logger }: CertificateOfCaOptions): CertificateSource {
  const issue = (): Promise<Leaf> => ca.issueLeaf(names());
  const served = ({ keyPem, certificatePem }: Leaf) => ({
    key: keyPem,
    cert: `${certificatePem}${ca.caPem}`,
  });
  let leaf: Leaf | null = null;
  return {
    async current() {
      leaf = await issue();
      return served(leaf);
    },
    watch(install) {
      if (leaf === null) throw new Error('a certificate is watched that was never issued');
      return renewLeaf({ leaf, logger, nowMs, issue, install: (newer) => install(served(newer)) });
    },
  };
}
