import { SettingsError } from './listen-address.ts';

export type DatabaseChoice =
  | { readonly kind: 'embedded'; readonly note: string | null }
  | { readonly kind: 'external'; readonly url: string };

/** Which Postgres keeps the results: one of our own in the state folder, unless an address is given. */
export function chooseDatabase(url: string | undefined): DatabaseChoice {
  if (url === undefined || url === '') return { kind: 'embedded', note: null };
  const scheme = /^([a-z+]+):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'postgresql' || scheme === 'postgres') return { kind: 'external', url };
  if (scheme === 'sqlite') {
    return {
      kind: 'embedded',
      note: 'DATABASE_URL names SQLite, which is not used: an embedded Postgres in the state folder takes its place.',
    };
  }
  throw new SettingsError(
    `cannot use this database${scheme === undefined ? '' : ` (${scheme}:)`}: --database-url (DATABASE_URL) takes ` +
      'postgresql://USER:PASSWORD@HOST:5432/NAME; without it an embedded Postgres is started.',
  );
}
