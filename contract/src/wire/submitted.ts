import Type, { type Static } from 'typebox';

const time = Type.String({ format: 'date-time' });

/** A result that a script submitted through the guide's API: not measured by StreamSwarm, and in none of its numbers. */
export const SubmittedView = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time', description: 'When it was measured, as the script says.' }),
  receivedAt: time,
  client: Type.String({ description: 'Name of the client of the guide.' }),
  submittedBy: Type.String({ description: 'Whose login or token it came with.' }),
  fields: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Fields of the guide, in its units; null: not measured.',
  }),
});
export type SubmittedView = Static<typeof SubmittedView>;

/** GET /api/v1/tests/{namespace}/{name}/submitted. */
export const SubmittedList = Type.Object(
  {
    items: Type.Array(SubmittedView, { description: 'Newest first.' }),
    total: Type.Integer({ description: 'How many there are of the test.' }),
  },
  { $id: 'SubmittedList' },
);
export type SubmittedList = Static<typeof SubmittedList>;
