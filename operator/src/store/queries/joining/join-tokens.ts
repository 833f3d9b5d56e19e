import { clockMs, type Database } from '../../database.ts';

export interface JoinTokenToKeep {
  readonly tokenHash: Buffer<ArrayBuffer>;
  readonly name: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdBy: string;
  readonly livesMs: number;
}

export interface JoinTokenRow {
  readonly id: string;
  readonly name: string | null;
  readonly labels: Record<string, string>;
  readonly state: 'open' | 'used' | 'expired' | 'revoked';
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly agentId: string | null;
}

/** Tokens are told of for so long after their end. */
const LISTED_MS = 30 * 86_400_000;

export async function keepJoinToken(
  db: Database,
  { livesMs, ...token }: JoinTokenToKeep,
): Promise<{ readonly id: string; readonly expiresAt: Date }> {
  const prisma = await db.prisma();
  const expiresAt = new Date((await clockMs(db)) + livesMs);
  return await prisma.joinToken.create({
    data: { ...token, expiresAt },
    select: { id: true, expiresAt: true },
  });
}

/** Newest first. */
export async function joinTokens(db: Database): Promise<JoinTokenRow[]> {
  const prisma = await db.prisma();
  const nowMs = await clockMs(db);
  const rows = await prisma.joinToken.findMany({
    where: { expiresAt: { gt: new Date(nowMs - LISTED_MS) } },
    omit: { tokenHash: true },
    include: { identity: { select: { agentId: true } } },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map(({ identity, revokedAt, labels, ...row }) => ({
    ...row,
    labels: labels as Record<string, string>,
    state: stateOf({ ...row, revokedAt }, nowMs),
    agentId: identity?.agentId ?? null,
  }));
}

function stateOf(
  token: { readonly usedAt: Date | null; readonly revokedAt: Date | null; readonly expiresAt: Date },
  nowMs: number,
): JoinTokenRow['state'] {
  if (token.usedAt !== null) return 'used';
  if (token.revokedAt !== null) return 'revoked';
  return token.expiresAt.getTime() > nowMs ? 'open' : 'expired';
}

/** Whether there was an open token of this id; who joined by a token stays. */
export async function revokeJoinToken(db: Database, id: string): Promise<boolean> {
  const prisma = await db.prisma();
  const revokedAt = new Date(await clockMs(db));
  const { count } = await prisma.joinToken.updateMany({
    where: { id, usedAt: null, revokedAt: null },
    data: { revokedAt },
  });
  return count > 0;
}

export interface HostToJoin {
  readonly tokenHash: Buffer<ArrayBuffer>;
  readonly publicKey: string;
  /** Of a new identity. */
  readonly agentId: string;
  readonly hostName: string;
}

export interface JoinedHost {
  readonly agentId: string;
  readonly name: string;
  readonly isNew: boolean;
}

/**
 * Uses up a token for a key; null where the token is unknown, used, revoked or over. The same key may ask again within
 * the token's hour: its answer may have been lost.
 */
export async function joinByToken(db: Database, host: HostToJoin): Promise<JoinedHost | null> {
  const prisma = await db.prisma();
  return await prisma.$transaction(async (tx) => {
    // The lock lets one of many at once through; the others then see it used.
    const [token] = await tx.$queryRaw<GoodToken[]>`
      select id, name, labels, used_at is not null as used, clock_timestamp() as now from join_token
      where token_hash = ${host.tokenHash} and revoked_at is null and expires_at > clock_timestamp() for update`;
    if (token === undefined) return null;
    if (token.used) {
      const same = await tx.hostIdentity.findFirst({
        where: { joinTokenId: token.id, publicKey: host.publicKey, revokedAt: null },
      });
      return same === null ? null : { agentId: same.agentId, name: same.name ?? host.hostName, isNew: false };
    }
    const { agentId, publicKey } = host;
    const name = token.name ?? host.hostName;
    const kept = await tx.hostIdentity.createMany({
      data: [{ agentId, publicKey, name, labels: token.labels, joinTokenId: token.id }],
      skipDuplicates: true,
    });
    // A key of another identity: nobody makes the same one by chance, so it is refused, and the token stays.
    if (kept.count === 0) return null;
    await tx.joinToken.update({ where: { id: token.id }, data: { usedAt: token.now } });
    return { agentId, name, isNew: true };
  });
}

interface GoodToken {
  readonly id: string;
  readonly name: string | null;
  readonly labels: Record<string, string>;
  readonly used: boolean;
  readonly now: Date;
}
