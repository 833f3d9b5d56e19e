import type { Role } from '@streamswarm/contract';
import { clockMs, type Database } from '../../database.ts';

export interface ApiTokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly state: 'good' | 'expired';
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Newest first. */
export async function apiTokens(db: Database): Promise<ApiTokenRow[]> {
  const prisma = await db.prisma();
  const nowMs = await clockMs(db);
  const rows = await prisma.apiToken.findMany({ omit: { tokenHash: true }, orderBy: { createdAt: 'desc' } });
  return rows.map((row) => ({
    ...row,
    role: row.role as Role,
    state: row.expiresAt.getTime() > nowMs ? 'good' : 'expired',
  }));
}

export interface ApiTokenToKeep {
  readonly name: string;
  readonly role: Role;
  readonly tokenHash: Buffer<ArrayBuffer>;
  readonly createdBy: string;
  readonly livesDays: number;
}

export async function keepApiToken(
  db: Database,
  { livesDays, ...token }: ApiTokenToKeep,
): Promise<{ readonly id: string; readonly expiresAt: Date }> {
  const prisma = await db.prisma();
  const expiresAt = new Date((await clockMs(db)) + livesDays * 86_400_000);
  return await prisma.apiToken.create({
    data: { ...token, expiresAt },
    select: { id: true, expiresAt: true },
  });
}

/** Its name, or null where there is none. */
export async function deleteApiToken(db: Database, id: string): Promise<string | null> {
  const prisma = await db.prisma();
  const token = await prisma.apiToken.findUnique({ where: { id }, select: { name: true } });
  const { count } = await prisma.apiToken.deleteMany({ where: { id } });
  return count === 0 ? null : (token?.name ?? null);
}
