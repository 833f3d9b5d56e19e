import { resolve } from 'node:path';
import { SettingsError } from './listen-address.ts';

export type DatabaseChoice =
  | { readonly kind: 'embedded'; readonly note: string | null }
  | {
      readonly kind: 'external';
      readonly url: string;
      /** Whole path of the PEM file of the authority by which it is verified; null: as the URL says. */
      readonly caFile: string | null;
    };

/** Which Postgres keeps the results: one of our own in the state folder, unless an address is given. */
export function chooseDatabase(url: string | undefined, caFile: string | undefined): DatabaseChoice {
  const choice = chooseByUrl(url, caFile === undefined || caFile === '' ? null : resolve(caFile));
  if (choice.kind === 'embedded' && caFile) {
    throw new SettingsError(
      '--database-ca-file (DATABASE_CA_FILE) is for a Postgres of yours: give --database-url too, or leave it out.',
    );
  }
  return choice;
}

function chooseByUrl(url: string | undefined, caFile: string | null): DatabaseChoice {
  if (url === undefined || url === '') return { kind: 'embedded', note: null };
  const scheme = /^([a-z+]+):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'postgresql' || scheme === 'postgres') return { kind: 'external', url, caFile };
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
