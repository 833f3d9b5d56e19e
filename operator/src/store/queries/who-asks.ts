// Asked at every request, so by one statement each and not by Prisma (docs/adr/0016).
import type { Role } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';

/** How exactly the last use is known: a write for each request would cost more than the request. */
const TOUCH_SECONDS = 60;

export interface SessionUser {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}

/** Whose a session is; null where it is unknown, over, or was not used for `idleSeconds`. */
export async function accessSessionUser(
  db: Queryable,
  idHash: Buffer,
  idleSeconds: number,
): Promise<SessionUser | null> {
  const [row] = await db.query<SessionUser & { stale: boolean }>(
    `select u.id as "userId", u.name, u.role, s.last_used_at < clock_timestamp() - make_interval(secs => $3) as stale
     from access_session s join access_user u on u.id = s.user_id
     where s.id_hash = $1 and s.expires_at > clock_timestamp()
       and s.last_used_at > clock_timestamp() - make_interval(secs => $2)`,
    [idHash, idleSeconds, TOUCH_SECONDS],
    { name: 'access-session-user' },
  );
  if (row === undefined) return null;
  if (row.stale) {
    await db.query('update access_session set last_used_at = clock_timestamp() where id_hash = $1', [idHash]);
  }
  return { userId: row.userId, name: row.name, role: row.role };
}

export interface TokenHolder {
  readonly tokenId: string;
  readonly name: string;
  readonly role: Role;
}

/** Whose a token is; null where it is unknown or over. */
export async function apiTokenHolder(db: Queryable, tokenHash: Buffer): Promise<TokenHolder | null> {
  const [row] = await db.query<TokenHolder & { stale: boolean }>(
    `select id as "tokenId", name, role,
       coalesce(last_used_at < clock_timestamp() - make_interval(secs => $2), true) as stale
     from api_token where token_hash = $1 and expires_at > clock_timestamp()`,
    [tokenHash, TOUCH_SECONDS],
    { name: 'api-token-holder' },
  );
  if (row === undefined) return null;
  if (row.stale)
    await db.query('update api_token set last_used_at = clock_timestamp() where id = $1', [row.tokenId]);
  return { tokenId: row.tokenId, name: row.name, role: row.role };
}
