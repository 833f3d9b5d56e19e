import type { Queryable } from '../store/database.ts';
import { accessSessionUser, apiTokenHolder } from '../store/queries/who-asks.ts';
import type { Identity } from './identity.ts';
import { IDLE_SECONDS } from './logins.ts';
import { hashSecret } from './secrets.ts';

/** What a request shows of who asks. */
export type Shown =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'token'; readonly token: string };

/** Longer ones were never given out; hashing them would be work for nothing. */
const LONGEST = 128;

/** Whose a session or token is now; null where it opens nothing. */
export async function identify(db: Queryable, shown: Shown): Promise<Identity | null> {
  const secret = shown.kind === 'session' ? shown.id : shown.token;
  if (secret.length > LONGEST) return null;
  const hash = hashSecret(secret);
  if (shown.kind === 'session') {
    const user = await accessSessionUser(db, hash, IDLE_SECONDS);
    return user === null ? null : { kind: 'user', ...user, sessionHash: hash };
  }
  const holder = await apiTokenHolder(db, hash);
  return holder === null ? null : { kind: 'token', ...holder };
}
