import { isIPv6 } from 'node:net';
import type { Logger } from 'pino';
import { listenForPeople, type PeopleListener } from '../api/listen-for-people.ts';
import type { ApiMetrics } from '../api/metrics.ts';
import type { ApiServices } from '../api/services.ts';
import { reachableNames } from '../joining/server-names.ts';
import type { Database } from '../store/database.ts';
import { operatorCaStore } from '../store/queries/operator-ca.ts';
import { openOperatorCa } from '../tls/operator-ca.ts';
import { makeAdminLink } from './access.ts';
import { certificateOfCa } from './certificate-of-ca.ts';
import { type CertificateFiles, certificateOfFiles } from './certificate-of-files.ts';

/** Where people and scripts of other machines come in. */
export interface PeopleConfig {
  readonly host: string;
  readonly port: number;
  /** Further names and addresses by which this operator is called, best first. */
  readonly names: readonly string[];
  /** Null: certificates of the operator's own CA. */
  readonly certificate: CertificateFiles | null;
}

/** What the person who starts the operator is told. */
export interface ConsoleAddress {
  readonly url: string;
  /** SHA-256 of the operator's own CA, by which a browser's warning can be checked; null with a given certificate. */
  readonly caFingerprint: string | null;
  /** Opens the console for the first admin; null where there are users. Belongs in no log. */
  readonly adminLink: string | null;
}

export interface OpenToPeopleOptions {
  readonly db: Database;
  readonly services: ApiServices;
  readonly logger: Logger;
  readonly metrics: ApiMetrics;
  readonly consoleDir: string | null;
}

/** Opens API and console to other machines, over TLS and behind a login. */
export async function openToPeople(
  config: PeopleConfig,
  options: OpenToPeopleOptions,
): Promise<{ readonly listener: PeopleListener; readonly console: ConsoleAddress }> {
  const { db, logger } = options;
  // Addresses of a machine change while it runs.
  const names = () => reachableNames(config.host, config.names);
  const nowMs = () => Date.now();
  const { host, port, certificate } = config;
  const own = async () => {
    const ca = await openOperatorCa(operatorCaStore(db), nowMs);
    return { certificates: certificateOfCa({ ca, names, nowMs, logger }), caFingerprint: ca.fingerprint };
  };
  const { certificates, caFingerprint } =
    certificate === null
      ? await own()
      : { certificates: certificateOfFiles(certificate, logger), caFingerprint: null };
  const listener = await listenForPeople({ ...options, host, port, certificates, names });
  const { first } = names();
  const url = `https://${isIPv6(first) ? `[${first}]` : first}:${listener.port}`;
  const token = await makeAdminLink(db);
  return {
    listener,
    console: {
      url,
      caFingerprint,
      // Behind #, which a browser sends to nobody: not into a log, not to a proxy.
      adminLink: token === null ? null : `${url}/login/#setup=${token}`,
    },
  };
}
