import { readFileSync } from 'node:fs';

/** By what an agent knows its operator. */
export interface ServerTrust {
  /** PEM file with the CA of the operator, and no other is believed; the CAs that Node knows where it is null. */
  readonly caFile: string | null;
  /** Name that the certificate must have; the host of the server's URL where it is null. */
  readonly serverName: string | null;
}

/** The certificates of the CA file as it is now; throws with what is wrong with it. */
export function readCaFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(
      `the CA file ${path} cannot be read: without it the operator cannot be told from another`,
      {
        cause: error,
      },
    );
  }
  // An empty list would be taken for "believe the usual ones".
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Error(
      `the CA file ${path} holds no certificate (PEM): get it from the operator's ConfigMap or log`,
    );
  }
  return text;
}
