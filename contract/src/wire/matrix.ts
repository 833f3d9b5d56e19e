import Type, { type Static } from 'typebox';

const time = Type.String({ format: 'date-time' });
const numberOrNull = Type.Union([Type.Number(), Type.Null()]);
const count = Type.Integer({ minimum: 0 });

/** One source and one destination over the whole window. Figures are null where nothing was measured. */
export const MatrixCell = Type.Object({
  agent: Type.Union([Type.String(), Type.Null()]),
  destination: Type.Union([Type.String(), Type.Null()], {
    description: 'Of a mesh `name/far agent`; null where the agent measures itself.',
  }),
  n: Type.Integer({ minimum: 0, description: 'Values in the window; percentiles are of these.' }),
  min: numberOrNull,
  mean: numberOrNull,
  p50: numberOrNull,
  p95: numberOrNull,
  p99: numberOrNull,
  max: numberOrNull,
  sent: Type.Integer({ minimum: 0, description: 'Packets for icmp, slots (ok + lost) for the others.' }),
  lost: count,
  ok: count,
  lostSlots: count,
  error: count,
  denied: count,
  dropped: count,
});
export type MatrixCell = Static<typeof MatrixCell>;

/** GET /api/v1/matrix: every source against every destination, each over the whole window. */
export const Matrix = Type.Object(
  {
    probe: Type.String(),
    metric: Type.String(),
    unit: Type.String(),
    from: time,
    to: time,
    level: Type.Unsafe<'raw' | '1m'>({
      type: 'string',
      enum: ['raw', '1m'],
      description: 'What served it: raw samples or a rollup.',
    }),
    agents: Type.Array(Type.String(), { description: 'Sources, by name.' }),
    destinations: Type.Array(Type.String(), { description: 'By name.' }),
    cells: Type.Array(MatrixCell),
  },
  { $id: 'Matrix' },
);
export type Matrix = Static<typeof Matrix>;
