import { clockMs, type Database } from '../../database.ts';

export interface HostIdentity {
  /** Ed25519, base64url; null: it has never joined. */
  readonly publicKey: string | null;
  readonly revoked: boolean;
}

export async function findHostIdentity(db: Database, agentId: string): Promise<HostIdentity | null> {
  const prisma = await db.prisma();
  const host = await prisma.hostIdentity.findUnique({
    where: { agentId },
    select: { publicKey: true, revokedAt: true },
  });
  return host === null ? null : { publicKey: host.publicKey, revoked: host.revokedAt !== null };
}

/** Whether a proof is seen for the first time; it is remembered until it could not be used any more. */
export async function useAssertion(
  db: Database,
  { agentId, jti, expiresMs }: { readonly agentId: string; readonly jti: string; readonly expiresMs: number },
): Promise<boolean> {
  const prisma = await db.prisma();
  const now = new Date(await clockMs(db));
  await prisma.usedAssertion.deleteMany({ where: { expiresAt: { lt: now } } });
  const { count } = await prisma.usedAssertion.createMany({
    data: [{ agentId, jti, expiresAt: new Date(expiresMs) }],
    skipDuplicates: true,
  });
  return count > 0;
}
