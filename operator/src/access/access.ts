import type { Database } from '../store/database.ts';
import { keepAdminLink } from '../store/queries/access/admin-link.ts';
import { hasUsers } from '../store/queries/access/users.ts';
import { type Accounts, accounts } from './accounts.ts';
import { type AuditLog, auditLog } from './audit-log.ts';
import { identify, type Shown } from './identify.ts';
import type { Identity } from './identity.ts';
import { type Logins, logins } from './logins.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** Who may look and change, and who did what. */
export interface Access {
  identify(shown: Shown): Promise<Identity | null>;
  readonly logins: Logins;
  readonly accounts: Accounts;
  readonly audit: AuditLog;
}

export function openAccess(db: Database, monotonicMs: () => number): Access {
  const audit = auditLog(db);
  return {
    identify: (shown) => identify(db, shown),
    logins: logins(db, { audit, monotonicMs }),
    accounts: accounts(db, audit),
    audit,
  };
}

const ADMIN_LINK_SECONDS = 3_600;

/**
 * The token of a new link for the first admin, good for an hour and once; null where there are users. It is for the eyes
 * of who started the operator, and belongs in no log.
 */
export async function makeAdminLink(db: Database): Promise<string | null> {
  if (await hasUsers(db)) return null;
  const token = newSecret();
  await keepAdminLink(db, hashSecret(token), ADMIN_LINK_SECONDS);
  return token;
}
