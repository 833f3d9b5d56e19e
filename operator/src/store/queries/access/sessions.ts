import type { Role } from '@streamswarm/contract';
import type { Database, Queryable } from '../../database.ts';

export interface SessionToKeep {
  readonly idHash: Buffer;
  readonly userId: string;
  readonly livesSeconds: number;
}

/** Opens a session; the one that the browser had before, if any, ends: an id from before a login is worth nothing after. */
export async function openAccessSession(
  db: Database,
  session: SessionToKeep,
  formerHash: Buffer | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('delete from access_session where id_hash = $1 or expires_at < clock_timestamp()', [
      formerHash,
    ]);
    await tx.query(
      `insert into access_session (id_hash, user_id, expires_at)
       values ($1, $2, clock_timestamp() + make_interval(secs => $3))`,
      [session.idHash, session.userId, session.livesSeconds],
    );
    await tx.query('update access_user set last_login_at = clock_timestamp() where id = $1', [
      session.userId,
    ]);
  });
}

export interface SessionUser {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}

/** How exactly the last use is known: a write for each request would cost more than the request. */
const TOUCH_SECONDS = 60;

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

export async function endAccessSession(db: Queryable, idHash: Buffer): Promise<void> {
  await db.query('delete from access_session where id_hash = $1', [idHash]);
}

/** All sessions of a user. */
export async function endAccessSessions(db: Queryable, userId: string): Promise<void> {
  await db.query('delete from access_session where user_id = $1', [userId]);
}
