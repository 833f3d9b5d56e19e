import type { Database, Queryable } from '../../database.ts';
import { hasUsers, keepUser } from './users.ts';

/** The link that is good now: one made before is not any more. */
export async function keepAdminLink(db: Queryable, tokenHash: Buffer, livesSeconds: number): Promise<void> {
  await db.query(
    `insert into admin_link (token_hash, expires_at) values ($1, clock_timestamp() + make_interval(secs => $2))
     on conflict (only_row) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
    [tokenHash, livesSeconds],
  );
}

export async function isAdminLink(db: Queryable, tokenHash: Buffer): Promise<boolean> {
  const rows = await db.query(
    'select 1 from admin_link where token_hash = $1 and expires_at > clock_timestamp()',
    [tokenHash],
  );
  return rows.length > 0;
}

/** Uses up the link for the first admin, once; null where the link is not good or there is a user already. */
export async function useAdminLink(
  db: Database,
  tokenHash: Buffer,
  admin: { readonly name: string; readonly passwordHash: string },
): Promise<string | null> {
  return db.transaction(async (tx) => {
    // The row that is deleted is locked: of many at once one finds it.
    const used = await tx.query(
      'delete from admin_link where token_hash = $1 and expires_at > clock_timestamp() returning 1',
      [tokenHash],
    );
    if (used.length === 0 || (await hasUsers(tx))) return null;
    return await keepUser(tx, { ...admin, role: 'admin', createdBy: 'admin link' });
  });
}
