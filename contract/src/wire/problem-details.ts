import Type, { type Static } from 'typebox';

/** Errors of the API: problem details (RFC 9457) with a stable code and, for bad input, every field that is wrong. */
export const ProblemDetails = Type.Object(
  {
    type: Type.String({ description: 'URI that names the kind of problem.' }),
    title: Type.String({ description: 'The kind of problem, in words.' }),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable word for programs, such as invalid-manifest.' }),
    detail: Type.String({ description: 'What happened, and what to do next.' }),
    instance: Type.Optional(Type.String({ description: 'Id of the request.' })),
    problems: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String(), rule: Type.String() }), {
        description: 'Each field that is wrong: its path and what is allowed.',
      }),
    ),
  },
  { $id: 'ProblemDetails' },
);
export type ProblemDetails = Static<typeof ProblemDetails>;

export const PROBLEM_TYPE_BASE = 'https://streamswarm.dev/problems/';
