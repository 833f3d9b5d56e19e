import { clockMs, type Database } from '../../database.ts';

export interface SessionToKeep {
  readonly idHash: Buffer<ArrayBuffer>;
  readonly userId: string;
  readonly livesSeconds: number;
}

/** Opens a session; the one that the browser had before, if any, ends: an id from before a login is worth nothing after. */
export async function openAccessSession(
  db: Database,
  { idHash, userId, livesSeconds }: SessionToKeep,
  formerHash: Buffer<ArrayBuffer> | null,
): Promise<void> {
  const prisma = await db.prisma();
  const nowMs = await clockMs(db);
  const now = new Date(nowMs);
  const former = formerHash === null ? [] : [{ idHash: formerHash }];
  await prisma.$transaction([
    prisma.accessSession.deleteMany({ where: { OR: [...former, { expiresAt: { lt: now } }] } }),
    prisma.accessSession.create({
      data: { idHash, userId, expiresAt: new Date(nowMs + livesSeconds * 1_000) },
    }),
    prisma.accessUser.update({ where: { id: userId }, data: { lastLoginAt: now } }),
  ]);
}

export async function endAccessSession(db: Database, idHash: Buffer<ArrayBuffer>): Promise<void> {
  const prisma = await db.prisma();
  await prisma.accessSession.deleteMany({ where: { idHash } });
}

/** All sessions of a user. */
export async function endAccessSessions(db: Database, userId: string): Promise<void> {
  const prisma = await db.prisma();
  await prisma.accessSession.deleteMany({ where: { userId } });
}
