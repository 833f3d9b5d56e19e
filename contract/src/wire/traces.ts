import Type, { type Static } from 'typebox';
import { orNull, time } from '../kinds/schema.ts';
import { PathHop } from './views.ts';

const outcome = Type.Unsafe<'ok' | 'lost' | 'error'>({
  type: 'string',
  enum: ['ok', 'lost', 'error'],
  description: 'ok: the destination answered; lost: it did not; error: it could not be asked.',
});
const facts = {
  at: { ...time, description: 'When it was due; RFC 3339, UTC.' },
  outcome,
  reason: orNull(Type.String({ description: 'Why, for what is not ok: source.reason.' })),
  hash: orNull(Type.String({ description: 'Name of the path: metric path_hash. Null: nothing answered.' })),
  hops: orNull(Type.Integer({ description: 'Smallest TTL at which the destination answered.' })),
};

/** One trace among others of its stream. */
export const TracePoint = Type.Object({
  ...facts,
  medians: Type.Array(orNull(Type.Number()), {
    description: 'Median round trip of TTL 1, 2, 3 and so on, seconds; null where nothing answered.',
  }),
  changedFrom: orNull(
    Type.Integer({
      description:
        'Smallest TTL at which another router answered than was last seen there; null where none did. Silence is no other router.',
    }),
  ),
});
export type TracePoint = Static<typeof TracePoint>;

/** How many traces a timeline holds: a day of a trace a minute. */
export const MAX_TIMELINE = 1_500;

export const TraceTimeline = Type.Object(
  {
    probe: Type.String(),
    agent: Type.String(),
    destination: Type.String({ description: 'In a mesh name/far agent.' }),
    from: time,
    to: time,
    oldestRead: orNull(
      Type.String({
        description: `RFC 3339, UTC; set where the window holds more than ${MAX_TIMELINE} traces: those before it are left out.`,
      }),
    ),
    traces: Type.Array(TracePoint, { maxItems: MAX_TIMELINE, description: 'Oldest first.' }),
  },
  { $id: 'TraceTimeline' },
);
export type TraceTimeline = Static<typeof TraceTimeline>;

export const TracedHop = Type.Object({
  ...PathHop.properties,
  others: Type.Array(Type.String(), {
    description: 'Further addresses that answered at this TTL; their round trips are not among these.',
  }),
});
export type TracedHop = Static<typeof TracedHop>;

export const Trace = Type.Object(
  {
    probe: Type.String(),
    agent: Type.String(),
    destination: Type.String(),
    ...facts,
    address: orNull(Type.String({ description: 'Of the destination, as it was used.' })),
    path: Type.Array(TracedHop, { description: 'Empty: nothing answered.' }),
  },
  { $id: 'Trace' },
);
export type Trace = Static<typeof Trace>;

/** How many changes of one stream are told one by one. */
export const MAX_CHANGE_TIMES = 20;

/** A stream of traces in which another router answered than was last seen at that hop. */
export const PathChange = Type.Object({
  namespace: Type.String(),
  test: Type.String(),
  probe: Type.String(),
  agent: Type.String(),
  destination: Type.String({ description: 'In a mesh name/far agent.' }),
  changes: Type.Integer({ description: 'How often.' }),
  times: Type.Array(time, {
    maxItems: MAX_CHANGE_TIMES,
    description: 'When the traces were due that saw it, newest first.',
  }),
});
export type PathChange = Static<typeof PathChange>;

export const PathChanges = Type.Object(
  {
    from: time,
    to: time,
    streams: Type.Integer({ description: 'Streams with a trace that something answered.' }),
    agents: Type.Integer({ description: 'Agents of these.' }),
    changed: Type.Array(PathChange, { description: 'The streams of these that changed, the latest first.' }),
  },
  { $id: 'PathChanges' },
);
export type PathChanges = Static<typeof PathChanges>;
