/** Every kind of error that the API answers with: programs switch on the code, so codes never change. */
export const PROBLEM_CODES = {
  'invalid-query': { status: 400, title: 'A query parameter is not allowed or has a wrong value' },
  'invalid-path': { status: 400, title: 'A part of the path has a wrong form' },
  'invalid-body': { status: 400, title: 'The body does not fit' },
  'invalid-manifest': { status: 400, title: 'The StreamTest is not valid' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  'invalid-yaml': { status: 400, title: 'The body is not YAML' },
  'invalid-request': { status: 400, title: 'The request cannot be read' },
  'invalid-frame': { status: 400, title: 'The frame of a batch cannot be taken apart' },
  'invalid-batch': { status: 400, title: 'The word or the batch of an agent does not fit' },
  'unknown-probe': { status: 400, title: 'There is no such probe' },
  'unknown-metric': { status: 400, title: 'There is no such metric, or it cannot be drawn' },
  unauthenticated: { status: 401, title: 'The token is missing or unknown' },
  'cross-origin': { status: 403, title: 'A page of another origin may not change anything here' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'test-not-found': { status: 404, title: 'There is no such test' },
  'agent-not-found': { status: 404, title: 'There is no such agent' },
  'test-exists': { status: 409, title: 'There is a test of this name' },
  'test-suspended': { status: 409, title: 'The test is suspended' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not understood' },
  'misdirected-host': { status: 421, title: 'The Host header names another machine' },
  internal: { status: 500, title: 'The operator failed' },
  busy: { status: 503, title: 'The operator cannot take this now' },
  'database-unavailable': { status: 503, title: 'Postgres does not answer' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEM_CODES;
