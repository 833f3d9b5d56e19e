import Type, { type Static } from 'typebox';
import { orNull, time } from '../kinds/schema.ts';

/** How many requests are read at most, the newest of a time. */
export const MAX_PHASE_REQUESTS = 60_000;
/** Ranks of the requests that stand for the 95th percentile: percentiles of phases would not add up. */
export const NEAR_P95 = { from: 0.925, to: 0.975 } as const;

/** Where the time goes in the slow requests of one agent. */
export const AgentPhases = Type.Object({
  agent: Type.String(),
  requests: Type.Integer({ description: 'Requests that came to their end and were read.' }),
  near: Type.Integer({
    description: `Requests of these from rank ${NEAR_P95.from} to ${NEAR_P95.to} of the whole; of few there is at least the one at 0.95.`,
  }),
  p95Seconds: Type.Number({ description: 'The whole at rank 0.95, nearest rank.' }),
  seconds: Type.Number({ description: 'Mean of the whole of those near.' }),
  parts: Type.Array(
    Type.Object({
      metric: Type.String(),
      seconds: orNull(Type.Number({ description: 'Mean of those near. Null: none of them had this phase.' })),
    }),
    { description: 'In the order of time; they add up to the whole, but for the time between two of them.' },
  ),
});
export type AgentPhases = Static<typeof AgentPhases>;

export const SlowPhases = Type.Object(
  {
    probe: Type.String(),
    /** Metric of the whole. */
    total: Type.String(),
    from: time,
    to: time,
    oldestRead: orNull(
      Type.String({
        description: `RFC 3339, UTC; set where the time holds more than ${MAX_PHASE_REQUESTS} slots: what was due before is left out.`,
      }),
    ),
    agents: Type.Array(AgentPhases, { description: 'Slowest first.' }),
  },
  { $id: 'SlowPhases' },
);
export type SlowPhases = Static<typeof SlowPhases>;
