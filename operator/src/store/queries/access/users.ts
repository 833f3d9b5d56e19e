import type { Role } from '@streamswarm/contract';
import type { Database, Queryable } from '../../database.ts';

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
  readonly sessions: number;
}

/** By name. */
export async function users(db: Queryable): Promise<UserRow[]> {
  return await db.query<UserRow>(
    `select u.id, u.name, u.role, u.created_by as "createdBy", u.created_at as "createdAt",
       u.last_login_at as "lastLoginAt",
       (select count(*)::int4 from access_session s where s.user_id = u.id and s.expires_at > clock_timestamp()) as sessions
     from access_user u order by lower(u.name)`,
  );
}

export async function hasUsers(db: Queryable): Promise<boolean> {
  return (await db.query('select 1 from access_user limit 1')).length > 0;
}

export interface UserToKeep {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly createdBy: string;
}

/** The id, or null where there is a user of that name. */
export async function keepUser(db: Queryable, user: UserToKeep): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(
    `insert into access_user (name, role, password_hash, created_by) values ($1, $2, $3, $4)
     on conflict do nothing returning id`,
    [user.name, user.role, user.passwordHash, user.createdBy],
  );
  return row?.id ?? null;
}

export interface Credentials {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
}

export async function credentialsOf(db: Queryable, name: string): Promise<Credentials | null> {
  const [row] = await db.query<Credentials>(
    'select id, name, role, password_hash as "passwordHash" from access_user where lower(name) = lower($1)',
    [name],
  );
  return row ?? null;
}

export type UserChanged =
  | { readonly kind: 'changed'; readonly name: string }
  | { readonly kind: 'unknown' }
  /** Nobody would be left who may change who may do what. */
  | { readonly kind: 'last-admin' };

/** Null: deleted. Either way the sessions of that user end. */
export type UserWish = { readonly role: Role | null; readonly passwordHash: string | null } | null;

export async function changeUser(db: Database, id: string, wish: UserWish): Promise<UserChanged> {
  return db.transaction(async (tx) => {
    // Two admins who take each other's role at once must not both succeed.
    const all = await tx.query<{ id: string; name: string; role: Role }>(
      'select id, name, role from access_user order by id for update',
    );
    const user = all.find((candidate) => candidate.id === id);
    if (user === undefined) return { kind: 'unknown' };
    const staysAdmin = wish !== null && (wish.role ?? user.role) === 'admin';
    if (user.role === 'admin' && !staysAdmin && all.filter(({ role }) => role === 'admin').length === 1) {
      return { kind: 'last-admin' };
    }
    if (wish === null) {
      await tx.query('delete from access_user where id = $1', [id]);
    } else {
      await tx.query(
        'update access_user set role = coalesce($2, role), password_hash = coalesce($3, password_hash) where id = $1',
        [id, wish.role, wish.passwordHash],
      );
      await tx.query('delete from access_session where user_id = $1', [id]);
    }
    return { kind: 'changed', name: user.name };
  });
}
