import type { Database } from '../../database.ts';

/** One thing that was done. */
export interface AuditEntry {
  readonly actor: string;
  /** Stable word, such as test.delete. */
  readonly action: string;
  readonly object: string;
  readonly detail?: string;
}

export async function recordAudit(db: Database, entry: AuditEntry): Promise<void> {
  const prisma = await db.prisma();
  await prisma.audit.create({ data: entry, select: { id: true } });
}

export interface AuditFilter {
  /** Only entries with a smaller id. */
  readonly before?: number;
  readonly limit: number;
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
}

export interface AuditRow {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly detail: string | null;
}

/** Newest first. */
export async function auditEntries(
  db: Database,
  { before, limit, ...equal }: AuditFilter,
): Promise<AuditRow[]> {
  const prisma = await db.prisma();
  const rows = await prisma.audit.findMany({
    where: { ...equal, ...(before === undefined ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}
