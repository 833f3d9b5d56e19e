import Type, { type Static } from 'typebox';

const time = Type.String({ format: 'date-time' });

/** A limit of a test (spec.thresholds) that one stream breaks, or has broken. */
export const FindingView = Type.Object({
  id: Type.String(),
  namespace: Type.String(),
  test: Type.String(),
  agent: Type.String(),
  destination: Type.String({
    description: 'Of a mesh `name/far agent`; empty where the agent measures itself.',
  }),
  probe: Type.String({ description: 'Name of the probe in the test.' }),
  metric: Type.String({ description: 'Kind and metric, such as icmp.rtt_p95_seconds.' }),
  unit: Type.String(),
  side: Type.Unsafe<'above' | 'below'>({ type: 'string', enum: ['above', 'below'] }),
  bound: Type.Number({ description: 'In the unit of the metric.' }),
  slots: Type.Integer({ description: 'Consecutive measured slots that break the limit.' }),
  value: Type.Number({ description: 'Of the newest of these slots when it was found.' }),
  began: time,
  ended: Type.Union([time, Type.Null()], { description: 'Null: it is so now.' }),
  endReason: Type.Union([Type.String(), Type.Null()], {
    description: 'Recovered, Removed (the limit was) or Closed (the stream was).',
  }),
});
export type FindingView = Static<typeof FindingView>;

export const FindingList = Type.Object({ items: Type.Array(FindingView) }, { $id: 'FindingList' });
export type FindingList = Static<typeof FindingList>;
