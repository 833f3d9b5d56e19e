import type { Role } from '@streamswarm/contract';
import { clockMs, type Database } from '../../database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';

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
export async function users(db: Database): Promise<UserRow[]> {
  const prisma = await db.prisma();
  const now = new Date(await clockMs(db));
  const rows = await prisma.accessUser.findMany({
    omit: { passwordHash: true },
    include: { _count: { select: { sessions: { where: { expiresAt: { gt: now } } } } } },
  });
  return rows
    .map(({ _count, ...row }) => ({ ...row, role: row.role as Role, sessions: _count.sessions }))
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

export async function hasUsers(db: Database): Promise<boolean> {
  const prisma = await db.prisma();
  return (await prisma.accessUser.findFirst({ select: { id: true } })) !== null;
}

export interface UserToKeep {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly createdBy: string;
}

/** The id, or null where there is a user of that name. */
export async function keepUser(db: Database, user: UserToKeep): Promise<string | null> {
  return await insertUser(await db.prisma(), user);
}

/** As keepUser, inside a transaction of the caller. */
export async function insertUser(tx: Prisma.TransactionClient, user: UserToKeep): Promise<string | null> {
  const [kept] = await tx.accessUser.createManyAndReturn({
    data: [user],
    skipDuplicates: true,
    select: { id: true },
  });
  return kept?.id ?? null;
}

export interface Credentials {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
}

export async function credentialsOf(db: Database, name: string): Promise<Credentials | null> {
  const prisma = await db.prisma();
  // Prisma's own way to ignore case is a pattern (ILIKE): a name with % or _ would find other people.
  const [row] = await prisma.$queryRaw<Credentials[]>`
    select id, name, role, password_hash as "passwordHash" from access_user where lower(name) = lower(${name})`;
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
  const prisma = await db.prisma();
  return await prisma.$transaction(async (tx) => {
    // Two admins who take each other's role at once must not both succeed.
    const all = await tx.$queryRaw<{ id: string; name: string; role: Role }[]>`
      select id, name, role from access_user order by id for update`;
    const user = all.find((candidate) => candidate.id === id);
    if (user === undefined) return { kind: 'unknown' };
    const staysAdmin = wish !== null && (wish.role ?? user.role) === 'admin';
    if (user.role === 'admin' && !staysAdmin && all.filter(({ role }) => role === 'admin').length === 1) {
      return { kind: 'last-admin' };
    }
    if (wish === null) {
      await tx.accessUser.delete({ where: { id } });
    } else {
      const { role, passwordHash } = wish;
      await tx.accessUser.update({
        where: { id },
        data: {
          ...(role === null ? {} : { role }),
          ...(passwordHash === null ? {} : { passwordHash }),
          sessions: { deleteMany: {} },
        },
      });
    }
    return { kind: 'changed', name: user.name };
  });
}
