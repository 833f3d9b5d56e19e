import type { Database } from '../store/database.ts';
import {
  type AuditEntry,
  type AuditFilter,
  type AuditRow,
  auditEntries,
  recordAudit,
} from '../store/queries/access/audit.ts';

/** Who did what. */
export interface AuditLog {
  /** Called after it was done; throws where it cannot be kept, so that nothing is done silently. */
  record(entry: AuditEntry): Promise<void>;
  list(filter: AuditFilter): Promise<AuditRow[]>;
}

export function auditLog(db: Database): AuditLog {
  return { record: (entry) => recordAudit(db, entry), list: (filter) => auditEntries(db, filter) };
}
