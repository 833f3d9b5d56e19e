import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The CA of DATABASE_CA_FILE, PEM; of several the file holds one after the other. Throws an Error that names it. */
export async function readDatabaseCa(file: string): Promise<string> {
  try {
    const pem = await readFile(file, 'utf8');
    // Node's TLS takes any text and then trusts nobody: looked at here, where it can still be told.
    new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw new Error(
      `${file} must hold the certificate of the authority that signed the one of Postgres, as PEM ` +
        `(DATABASE_CA_FILE): ${(cause as Error).message}`,
      { cause },
    );
  }
}
