import Type, { type Static } from 'typebox';
import { closed } from '../kinds/schema.ts';

/** What an agent can measure, probe by probe; null reasons are those of the metrics. */
export const Capability = Type.Object(
  {
    name: Type.String({ maxLength: 64 }),
    state: Type.Unsafe<'works' | 'limited' | 'unavailable'>({
      type: 'string',
      enum: ['works', 'limited', 'unavailable'],
    }),
    reason: Type.Optional(Type.String({ maxLength: 256 })),
    detail: Type.Optional(Type.String({ maxLength: 1_024, description: 'What works, or why not.' })),
    enable: Type.Optional(Type.String({ maxLength: 1_024, description: 'The command that enables it.' })),
  },
  closed,
);
export type Capability = Static<typeof Capability>;

/** How long the token of a session is good (ms); then 401 asks for another session. */
export const SESSION_MS = 3_600_000;

/** Audience of the projected token that the agent of a pod opens its session with: good for the operator alone. */
export const TOKEN_AUDIENCE = 'streamswarm';

/** POST /agent/v1/session: an agent says who it is. */
export const SessionRequest = Type.Object(
  {
    /** Kept in the agent's state folder from its first start on. */
    agentId: Type.String({ minLength: 8, maxLength: 64 }),
    name: Type.String({ minLength: 1, maxLength: 253 }),
    version: Type.String({ minLength: 1, maxLength: 64 }),
    /** Milliseconds since the epoch by the agent's own clock, for people to see its error. */
    clockMs: Type.Number(),
    platform: Type.Object(
      {
        os: Type.String({ maxLength: 128 }),
        kernel: Type.String({ maxLength: 128 }),
        arch: Type.String({ maxLength: 32 }),
        cores: Type.Integer({ minimum: 0 }),
        memoryBytes: Type.Number({ minimum: 0 }),
      },
      closed,
    ),
    addresses: Type.Array(Type.String({ maxLength: 45 }), { maxItems: 64 }),
    capabilities: Type.Array(Capability, { maxItems: 64 }),
    /**
     * Epoch of this start, as in its batches: grows with each start. Of two agents with one identity the later start
     * goes on, and the earlier one is refused while the later is heard.
     */
    epoch: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type SessionRequest = Static<typeof SessionRequest>;

export const SessionResponse = Type.Object({
  token: Type.String({ description: 'Bearer token of /agent/v1/plan and /agent/v1/batches.' }),
  cluster: Type.String(),
  /** The operator's clock (Postgres's) while it answered: slots are due by it. */
  nowMs: Type.Number(),
});
export type SessionResponse = Static<typeof SessionResponse>;
