import Type, { type Static } from 'typebox';
import { closed, stringEnum } from '../kinds/schema.ts';

/** What a person or script may do; each may do what stands before it too. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Characters of a password, at least: NIST SP 800-63B-4 asks for length, not for kinds of characters. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 256;

/** Days that an API token is good for, at most. */
export const API_TOKEN_MAX_DAYS = 366;

const role = stringEnum(ROLES, 'viewer looks, editor changes tests too, admin changes who may do what too.');
const time = Type.String({ format: 'date-time' });
const timeOrNull = Type.Union([time, Type.Null()]);
const userName = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$',
  description: 'Letters, digits and . _ @ -, at most 64; upper and lower case are the same.',
});
const newPassword = Type.String({
  minLength: PASSWORD_MIN_LENGTH,
  maxLength: PASSWORD_MAX_LENGTH,
  description: `At least ${PASSWORD_MIN_LENGTH} characters of any kind.`,
});
/** As typed at a login: a wrong one of any form is just wrong. */
const givenPassword = Type.String({ minLength: 1, maxLength: 1_024 });

/** GET /api/v1/login: who asks. */
export const WhoAmI = Type.Object(
  {
    /** `local`: on a loopback address, where no login is needed. */
    kind: stringEnum(['local', 'user', 'token', 'nobody'], 'How the one who asks is known.'),
    name: Type.Union([Type.String(), Type.Null()]),
    role: Type.Union([role, Type.Null()]),
    loginNeeded: Type.Boolean({ description: 'Whether this address asks for a login.' }),
    setupPossible: Type.Boolean({ description: 'Nobody has a login yet: the admin link makes the first.' }),
  },
  { $id: 'WhoAmI' },
);
export type WhoAmI = Static<typeof WhoAmI>;

export const LoginRequest = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 256 }), password: givenPassword },
  closed,
);
export type LoginRequest = Static<typeof LoginRequest>;

/** POST /api/v1/login/setup: the first admin, by the link that was printed at the start. */
export const SetupRequest = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 128 }), name: userName, password: newPassword },
  closed,
);
export type SetupRequest = Static<typeof SetupRequest>;

export const PasswordChange = Type.Object({ current: givenPassword, password: newPassword }, closed);
export type PasswordChange = Static<typeof PasswordChange>;

export const UserView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role,
    createdBy: Type.String(),
    createdAt: time,
    lastLoginAt: timeOrNull,
    sessions: Type.Integer({ description: 'Browsers that are logged in.' }),
  },
  { $id: 'UserView' },
);
export type UserView = Static<typeof UserView>;
export const UserList = Type.Object({ items: Type.Array(UserView) }, { $id: 'UserList' });
export type UserList = Static<typeof UserList>;

export const NewUser = Type.Object({ name: userName, role, password: newPassword }, closed);
export type NewUser = Static<typeof NewUser>;

/** What is absent stays. Any change ends the sessions of that user. */
export const UserChange = Type.Object(
  { role: Type.Optional(role), password: Type.Optional(newPassword) },
  { ...closed, minProperties: 1 },
);
export type UserChange = Static<typeof UserChange>;

export const ApiTokenView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role,
    state: stringEnum(['good', 'expired'], 'Whether it opens anything.'),
    createdBy: Type.String(),
    createdAt: time,
    expiresAt: time,
    lastUsedAt: timeOrNull,
  },
  { $id: 'ApiTokenView' },
);
export type ApiTokenView = Static<typeof ApiTokenView>;
export const ApiTokenList = Type.Object({ items: Type.Array(ApiTokenView) }, { $id: 'ApiTokenList' });
export type ApiTokenList = Static<typeof ApiTokenList>;

export const NewApiToken = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
    role,
    days: Type.Integer({ minimum: 1, maximum: API_TOKEN_MAX_DAYS, description: 'Days until it ends.' }),
  },
  closed,
);
export type NewApiToken = Static<typeof NewApiToken>;

export const CreatedApiToken = Type.Object(
  {
    id: Type.String(),
    token: Type.String({ description: 'Shown this once; only its hash is stored.' }),
    expiresAt: time,
  },
  { $id: 'CreatedApiToken' },
);
export type CreatedApiToken = Static<typeof CreatedApiToken>;

export const AuditView = Type.Object({
  id: Type.Integer(),
  at: time,
  actor: Type.String({ description: 'Who did it.' }),
  action: Type.String({ description: 'Stable word, such as test.delete.' }),
  object: Type.String({ description: 'What it was done to.' }),
  detail: Type.Union([Type.String(), Type.Null()]),
});
export type AuditView = Static<typeof AuditView>;
export const AuditPage = Type.Object(
  {
    items: Type.Array(AuditView, { description: 'Newest first.' }),
    next: Type.Union([Type.Integer(), Type.Null()], { description: '`before` of the next page.' }),
  },
  { $id: 'AuditPage' },
);
export type AuditPage = Static<typeof AuditPage>;
