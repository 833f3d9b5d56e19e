import type pg from 'pg';

/** How pg is led to a Postgres. */
export type Connection = Pick<pg.ClientConfig, 'connectionString' | 'ssl'>;

/** What pg makes a verified connection of. It takes all of them for verify-full; libpq would not. */
const VERIFIED = new Set(['allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'true', '1']);

/**
 * The connection to `url`: as its own parameters say, or, with a CA (PEM), verified as libpq's sslmode=verify-full
 * is: a certificate that this CA signed and no other, for the name in the URL. Throws where the URL says otherwise.
 */
export function verifiedConnection(url: string, caPem: string | undefined): Connection {
  if (caPem === undefined) return { connectionString: url };
  const [base = '', query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  for (const [name, value] of [...parameters]) {
    if (!name.startsWith('ssl') && name !== 'uselibpqcompat') continue;
    if (name !== 'sslmode' && name !== 'ssl') {
      throw new Error(
        `DATABASE_URL sets ${name}, which does not go with DATABASE_CA_FILE: leave out one of the two`,
      );
    }
    if (!VERIFIED.has(value)) {
      throw new Error(
        `DATABASE_URL says ${name}=${value}, but with DATABASE_CA_FILE the server is verified: ` +
          'say sslmode=verify-full, or leave DATABASE_CA_FILE out',
      );
    }
    // What stands in the URL wins over options, and would take the CA away.
    parameters.delete(name);
  }
  const rest = parameters.size === 0 ? '' : `?${parameters}`;
  return { connectionString: `${base}${rest}`, ssl: { ca: caPem } };
}
