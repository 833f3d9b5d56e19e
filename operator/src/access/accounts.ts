import type { CreatedApiToken, NewApiToken, NewUser, UserChange } from '@streamswarm/contract';
import type { Database } from '../store/database.ts';
import {
  type ApiTokenRow,
  apiTokens,
  deleteApiToken,
  keepApiToken,
} from '../store/queries/access/api-tokens.ts';
import {
  changeUser,
  keepUser,
  type UserChanged,
  type UserRow,
  users,
} from '../store/queries/access/users.ts';
import type { AuditLog } from './audit-log.ts';
import { hashPassword } from './password-hash.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** By this a token is found by those who search for leaked secrets. */
export const API_TOKEN_PREFIX = 'sst_';

/** Users and API tokens, as admins keep them; `actor` is who does it. */
export interface Accounts {
  users(): Promise<UserRow[]>;
  /** False where there is a user of that name. */
  createUser(user: NewUser, actor: string): Promise<boolean>;
  changeUser(id: string, change: UserChange, actor: string): Promise<UserChanged>;
  deleteUser(id: string, actor: string): Promise<UserChanged>;
  tokens(): Promise<ApiTokenRow[]>;
  createToken(token: NewApiToken, actor: string): Promise<CreatedApiToken>;
  /** Whether there was one. */
  deleteToken(id: string, actor: string): Promise<boolean>;
}

export function accounts(db: Database, audit: AuditLog): Accounts {
  return {
    users: () => users(db),

    async createUser({ name, role, password }, actor) {
      const passwordHash = await hashPassword(password);
      const id = await keepUser(db, { name, role, passwordHash, createdBy: actor });
      if (id !== null) await audit.record({ actor, action: 'user.create', object: name, detail: role });
      return id !== null;
    },

    async changeUser(id, { role = null, password }, actor) {
      const passwordHash = password === undefined ? null : await hashPassword(password);
      const changed = await changeUser(db, id, { role, passwordHash });
      if (changed.kind === 'changed') {
        const detail = [
          ...(role === null ? [] : [role]),
          ...(passwordHash === null ? [] : ['password']),
        ].join(', ');
        await audit.record({ actor, action: 'user.change', object: changed.name, detail });
      }
      return changed;
    },

    async deleteUser(id, actor) {
      const changed = await changeUser(db, id, null);
      if (changed.kind === 'changed')
        await audit.record({ actor, action: 'user.delete', object: changed.name });
      return changed;
    },

    tokens: () => apiTokens(db),

    async createToken({ name, role, days }, actor) {
      const token = newSecret(API_TOKEN_PREFIX);
      const { id, expiresAt } = await keepApiToken(db, {
        name,
        role,
        tokenHash: hashSecret(token),
        createdBy: actor,
        livesDays: days,
      });
      await audit.record({
        actor,
        action: 'api-token.create',
        object: name,
        detail: `${role}, ${days} days`,
      });
      return { id, token, expiresAt: expiresAt.toISOString() };
    },

    async deleteToken(id, actor) {
      const name = await deleteApiToken(db, id);
      if (name !== null) await audit.record({ actor, action: 'api-token.delete', object: name });
      return name !== null;
    },
  };
}
