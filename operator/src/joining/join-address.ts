import { isIPv6 } from 'node:net';

/** Where hosts join, and by which CA they know this operator. */
export interface JoinAddress {
  /** https URL without a path. */
  readonly server: string;
  /** `sha256:` and 64 hex digits. */
  readonly caFingerprint: string;
}

export function joinAddress(host: string, port: number, fingerprint: string): JoinAddress {
  const digits = fingerprint.replaceAll(':', '').toLowerCase();
  return {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    caFingerprint: `sha256:${digits}`,
  };
}

/** The command that a person runs on the host. */
export function joinCommand({ server, caFingerprint }: JoinAddress, token: string): string {
  return `streamswarm agent --server ${server} --token ${token} --ca-fingerprint ${caFingerprint}`;
}
