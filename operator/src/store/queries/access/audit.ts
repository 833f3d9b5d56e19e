import type { Queryable } from '../../database.ts';

/** One thing that was done. */
export interface AuditEntry {
  readonly actor: string;
  /** Stable word, such as test.delete. */
  readonly action: string;
  readonly object: string;
  readonly detail?: string;
}

export async function recordAudit(
  db: Queryable,
  { actor, action, object, detail }: AuditEntry,
): Promise<void> {
  await db.query('insert into audit (actor, action, object, detail) values ($1, $2, $3, $4)', [
    actor,
    action,
    object,
    detail ?? null,
  ]);
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
export async function auditEntries(db: Queryable, filter: AuditFilter): Promise<AuditRow[]> {
  return await db.query<AuditRow>(
    `select id::float8 as id, at, actor, action, object, detail from audit
     where ($1::int8 is null or id < $1) and ($2::text is null or actor = $2)
       and ($3::text is null or action = $3) and ($4::text is null or object = $4)
     order by id desc limit $5`,
    [filter.before ?? null, filter.actor ?? null, filter.action ?? null, filter.object ?? null, filter.limit],
  );
}
