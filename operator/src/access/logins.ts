import type { Database } from '../store/database.ts';
import { isAdminLink, useAdminLink } from '../store/queries/access/admin-link.ts';
import { endAccessSession, endAccessSessions, openAccessSession } from '../store/queries/access/sessions.ts';
import { changeUser, credentialsOf, hasUsers } from '../store/queries/access/users.ts';
import type { AuditLog } from './audit-log.ts';
import type { Identity } from './identity.ts';
import { LoginLimit } from './login-limit.ts';
import { hashPassword, isPassword, NOBODY_HASH } from './password-hash.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** A session ends then, however much it is used. */
export const SESSION_SECONDS = 7 * 86_400;
/** A session that nobody uses ends then. */
export const IDLE_SECONDS = 12 * 3_600;

/** Where an attempt comes from. */
export interface LoginSource {
  readonly address: string;
  /** Id of the session that the browser has already, or null: it ends when a new one opens. */
  readonly formerId: string | null;
}

export type LoginResult =
  /** `id` is what the browser keeps. */
  | { readonly kind: 'open'; readonly id: string; readonly identity: Identity }
  | { readonly kind: 'refused' }
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number };

export interface Logins {
  login(name: string, password: string, source: LoginSource): Promise<LoginResult>;
  /** Makes the first admin by the link that was printed at the start. */
  setUp(token: string, admin: { name: string; password: string }, source: LoginSource): Promise<LoginResult>;
  /** Whether a login can be set up: nobody has one. */
  isSetUpPossible(): Promise<boolean>;
  logout(user: UserIdentity): Promise<void>;
  logoutEverywhere(user: UserIdentity): Promise<void>;
  /** A new session takes the place of all that the user had. */
  changePassword(user: UserIdentity, change: PasswordWish, source: LoginSource): Promise<LoginResult>;
}

export type UserIdentity = Extract<Identity, { kind: 'user' }>;
export interface PasswordWish {
  readonly current: string;
  readonly password: string;
}

/** `monotonicMs` is for the limits, which need no more than this process's time. */
export function logins(
  db: Database,
  { audit, monotonicMs }: { readonly audit: AuditLog; monotonicMs(): number },
): Logins {
  const limit = new LoginLimit(monotonicMs);

  const open = async (
    user: Pick<UserIdentity, 'name' | 'role' | 'userId'>,
    { formerId }: LoginSource,
  ): Promise<LoginResult> => {
    const id = newSecret();
    const sessionHash = hashSecret(id);
    const former = formerId === null ? null : hashSecret(formerId);
    const session = { idHash: sessionHash, userId: user.userId, livesSeconds: SESSION_SECONDS };
    await openAccessSession(db, session, former);
    return { kind: 'open', id, identity: { ...user, kind: 'user', sessionHash } };
  };

  /** Whose name and password these are; counts against the limits. */
  const check = async (name: string, password: string, address: string) => {
    const retryAfterSeconds = limit.attempt(name, address);
    if (retryAfterSeconds !== null) return { kind: 'too-many', retryAfterSeconds } as const;
    const known = await credentialsOf(db, name);
    // Hashed for an unknown name too: the time would tell which names there are.
    const isRight = await isPassword(password, known?.passwordHash ?? NOBODY_HASH);
    if (known === null || !isRight) return { kind: 'refused' } as const;
    limit.succeeded(name, address);
    return { kind: 'known', user: { userId: known.id, name: known.name, role: known.role } } as const;
  };

  return {
    async login(name, password, source) {
      const checked = await check(name, password, source.address);
      if (checked.kind !== 'known') return checked;
      await audit.record({
        actor: checked.user.name,
        action: 'login',
        object: checked.user.name,
        detail: `from ${source.address}`,
      });
      return await open(checked.user, source);
    },

    async setUp(token, { name, password }, source) {
      const retryAfterSeconds = limit.attempt('admin link', source.address);
      if (retryAfterSeconds !== null) return { kind: 'too-many', retryAfterSeconds };
      const tokenHash = hashSecret(token);
      // Before the password is hashed: a stranger without the link costs nothing.
      if (!(await isAdminLink(db, tokenHash))) return { kind: 'refused' };
      const passwordHash = await hashPassword(password);
      const userId = await useAdminLink(db, tokenHash, { name, passwordHash });
      if (userId === null) return { kind: 'refused' };
      limit.succeeded('admin link', source.address);
      const detail = `admin, by the admin link from ${source.address}`;
      await audit.record({ actor: name, action: 'user.create', object: name, detail });
      return await open({ userId, name, role: 'admin' }, source);
    },

    isSetUpPossible: async () => !(await hasUsers(db)),

    async logout({ name, sessionHash }) {
      await endAccessSession(db, sessionHash);
      await audit.record({ actor: name, action: 'logout', object: name });
    },

    async logoutEverywhere({ name, userId }) {
      await endAccessSessions(db, userId);
      await audit.record({ actor: name, action: 'logout', object: name, detail: 'everywhere' });
    },

    async changePassword({ name }, { current, password }, source) {
      const checked = await check(name, current, source.address);
      if (checked.kind !== 'known') return checked;
      const passwordHash = await hashPassword(password);
      await changeUser(db, checked.user.userId, { role: null, passwordHash });
      await audit.record({ actor: name, action: 'user.change', object: name, detail: 'password' });
      return await open(checked.user, source);
    },
  };
}
