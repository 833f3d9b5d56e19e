import Type, { type Static } from 'typebox';
import { closed } from '../kinds/schema.ts';

/** How long a join token is good at most (ms); also the length unless another is asked for. */
export const JOIN_TOKEN_MS = 3_600_000;

/** A signed assertion is good for so long after it was made (ms), by the operator's clock. */
export const ASSERTION_MS = 60_000;

/** `typ` of the header of a signed assertion (RFC 8725, 3.11): it can be taken for no other token. */
export const ASSERTION_TYPE = 'streamswarm-agent+jwt';

/** Audience of the assertions for one operator: of no use at another. */
export function assertionAudience(cluster: string): string {
  return `streamswarm:${cluster}`;
}

export const NewJoinToken = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 253,
        description: 'Name of the agent; the host name unless given.',
      }),
    ),
    labels: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$' }),
        Type.String({ maxLength: 63, pattern: '^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$' }),
        {
          ...closed,
          maxProperties: 32,
          description: 'Labels of the agent, by which tests aim at it.',
        },
      ),
    ),
    expiresIn: Type.Optional(
      Type.String({ maxLength: 32, description: 'A duration such as 15m, at most 1h.' }),
    ),
  },
  closed,
);
export type NewJoinToken = Static<typeof NewJoinToken>;

const time = Type.String({ format: 'date-time' });
const timeOrNull = Type.Union([time, Type.Null()]);

export const JoinTokenView = Type.Object(
  {
    id: Type.String(),
    name: Type.Union([Type.String(), Type.Null()]),
    labels: Type.Record(Type.String(), Type.String()),
    state: Type.Unsafe<'open' | 'used' | 'expired' | 'revoked'>({
      type: 'string',
      enum: ['open', 'used', 'expired', 'revoked'],
    }),
    createdBy: Type.String(),
    createdAt: time,
    expiresAt: time,
    usedAt: timeOrNull,
    agentId: Type.Union([Type.String(), Type.Null()], { description: 'Who joined by it.' }),
  },
  { $id: 'JoinTokenView' },
);
export type JoinTokenView = Static<typeof JoinTokenView>;

export const CreatedJoinToken = Type.Object(
  {
    id: Type.String(),
    token: Type.String({ description: 'Shown this once; only its hash is stored.' }),
    server: Type.String({ description: 'Where the host joins.' }),
    caFingerprint: Type.String({ description: "sha256: and the hex digits of the operator's CA." }),
    command: Type.String({ description: 'What to run on the host, complete.' }),
    expiresAt: time,
  },
  { $id: 'CreatedJoinToken' },
);
export type CreatedJoinToken = Static<typeof CreatedJoinToken>;

/** POST /agent/v1/join: a host shows its token and the key that it made. */
export const JoinRequest = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 128 }),
    publicKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'Ed25519, base64url.' }),
    name: Type.String({ minLength: 1, maxLength: 253 }),
  },
  closed,
);
export type JoinRequest = Static<typeof JoinRequest>;

export const JoinResponse = Type.Object({
  agentId: Type.String(),
  name: Type.String(),
  cluster: Type.String(),
});
export type JoinResponse = Static<typeof JoinResponse>;

/** GET /agent/v1/time: assertions are dated by the operator's clock, so a wrong clock of a host locks nobody out. */
export const OperatorTime = Type.Object({ nowMs: Type.Number() });
export type OperatorTime = Static<typeof OperatorTime>;
