import Type, { type Static } from 'typebox';
import { closed } from '../kinds/schema.ts';

/**
 * GET /agent/v1/plan: one chunked response of JSON lines. First the whole plan as `put` lines and a `synced`;
 * then each change as `put` or `del` and a `synced` with its revision; `heartbeat` every 15 s.
 */

/** One opening of a stream (slot.ts) and what to do in its slots. Times are the operator's, in ms. */
export const PlannedSpan = Type.Object(
  {
    /** Names the span in batches. */
    span: Type.Integer({ minimum: 1 }),
    /** Stream key, a decimal int8 (as text: JSON numbers end at 2^53). */
    stream: Type.String({ maxLength: 20 }),
    /** Name of the probe in the test, and its kind. */
    probe: Type.String({ maxLength: 63 }),
    kind: Type.String({ maxLength: 63 }),
    options: Type.Record(Type.String(), Type.Unknown()),
    /** Null for a probe of the agent itself. */
    target: Type.Union([
      Type.Null(),
      Type.Object(
        {
          destination: Type.String({ maxLength: 63 }),
          host: Type.String({ maxLength: 253 }),
          port: Type.Union([Type.Integer({ minimum: 1, maximum: 65_535 }), Type.Null()]),
          /** For probes that take a whole URL, where the destination is one. */
          url: Type.Optional(Type.String({ maxLength: 2_048 })),
        },
        closed,
      ),
    ]),
    startMs: Type.Integer(),
    periodMs: Type.Integer({ minimum: 1 }),
    offsetMs: Type.Integer({ minimum: 0 }),
    fromMs: Type.Integer(),
    toMs: Type.Union([Type.Integer(), Type.Null()]),
  },
  closed,
);
export type PlannedSpan = Static<typeof PlannedSpan>;

/** All that one agent does for one test. */
export const Assignment = Type.Object(
  {
    id: Type.String({ maxLength: 64, description: 'UID of the test.' }),
    /** Planning revision in which it last changed. */
    revision: Type.Integer({ minimum: 0 }),
    namespace: Type.String({ maxLength: 63 }),
    test: Type.String({ maxLength: 63 }),
    spans: Type.Array(PlannedSpan, { maxItems: 20_000 }),
  },
  closed,
);
export type Assignment = Static<typeof Assignment>;

export const PlanLine = Type.Union([
  Type.Object({ type: Type.Literal('put'), assignment: Assignment }, closed),
  Type.Object({ type: Type.Literal('del'), id: Type.String({ maxLength: 64 }) }, closed),
  /** The plan is whole up to this revision. */
  Type.Object(
    { type: Type.Literal('synced'), revision: Type.Integer({ minimum: 0 }), nowMs: Type.Number() },
    closed,
  ),
  Type.Object({ type: Type.Literal('heartbeat'), nowMs: Type.Number() }, closed),
]);
export type PlanLine = Static<typeof PlanLine>;

export const PLAN_HEARTBEAT_MS = 15_000;
