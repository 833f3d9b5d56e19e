import type { Access } from '../../access/access.ts';
import type { Identity } from '../../access/identity.ts';
import type { AuditEntry } from '../../store/queries/access/audit.ts';

/** Tokens that stand for a role each. */
export const ROLE_TOKENS = { viewer: 'token-viewer', editor: 'token-editor', admin: 'token-admin' } as const;
/** A session of an admin. */
export const ADMIN_SESSION = 'session-admin';

/** Access in memory without users; `recorded` takes what the audit is told. */
export function fakeAccess(recorded: AuditEntry[]): Access {
  const refused = async () => ({ kind: 'refused' }) as const;
  const unknown = async () => ({ kind: 'unknown' }) as const;
  return {
    async identify(shown): Promise<Identity | null> {
      if (shown.kind === 'session') {
        const user = { name: 'ann', role: 'admin', userId: 'ann', sessionHash: Buffer.alloc(32) } as const;
        return shown.id === ADMIN_SESSION ? { kind: 'user', ...user } : null;
      }
      for (const role of ['viewer', 'editor', 'admin'] as const) {
        if (shown.token === ROLE_TOKENS[role]) return { kind: 'token', name: role, role, tokenId: role };
      }
      return null;
    },
    logins: {
      login: refused,
      setUp: refused,
      changePassword: refused,
      isSetUpPossible: async () => true,
      logout: async () => undefined,
      logoutEverywhere: async () => undefined,
    },
    accounts: {
      users: async () => [],
      createUser: async () => false,
      changeUser: unknown,
      deleteUser: unknown,
      tokens: async () => [],
      createToken: async () => ({ id: 'id', token: 'sst_x', expiresAt: new Date(0).toISOString() }),
      deleteToken: async () => false,
    },
    audit: {
      async record(entry) {
        recorded.push(entry);
      },
      list: async () => [],
    },
  };
}
