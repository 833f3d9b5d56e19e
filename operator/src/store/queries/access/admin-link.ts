import { clockMs, type Database } from '../../database.ts';
import { insertUser } from './users.ts';

/** The link that is good now: one made before is not any more. */
export async function keepAdminLink(
  db: Database,
  tokenHash: Buffer<ArrayBuffer>,
  livesSeconds: number,
): Promise<void> {
  const prisma = await db.prisma();
  const link = { tokenHash, expiresAt: new Date((await clockMs(db)) + livesSeconds * 1_000) };
  // One statement, because the key stands in `create` too: two operators that start at once must not trip.
  await prisma.adminLink.upsert({
    where: { onlyRow: true },
    create: { onlyRow: true, ...link },
    update: link,
  });
}

export async function isAdminLink(db: Database, tokenHash: Buffer<ArrayBuffer>): Promise<boolean> {
  const prisma = await db.prisma();
  const now = new Date(await clockMs(db));
  return (await prisma.adminLink.count({ where: { tokenHash, expiresAt: { gt: now } } })) > 0;
}

/** Uses up the link for the first admin, once; null where the link is not good or there is a user already. */
export async function useAdminLink(
  db: Database,
  tokenHash: Buffer<ArrayBuffer>,
  admin: { readonly name: string; readonly passwordHash: string },
): Promise<string | null> {
  const prisma = await db.prisma();
  const now = new Date(await clockMs(db));
  return await prisma.$transaction(async (tx) => {
    // The row that is deleted is locked: of many at once one finds it.
    const used = await tx.adminLink.deleteMany({ where: { tokenHash, expiresAt: { gt: now } } });
    if (used.count === 0 || (await tx.accessUser.count()) > 0) return null;
    return await insertUser(tx, { ...admin, role: 'admin', createdBy: 'admin link' });
  });
}
