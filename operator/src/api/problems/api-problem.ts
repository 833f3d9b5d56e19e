import { PROBLEM_TYPE_BASE, type Problem, type ProblemDetails } from '@streamswarm/contract';
import { PROBLEM_CODES, type ProblemCode } from './problem-codes.ts';

export interface ApiProblemRest {
  /** Each field that is wrong. */
  readonly problems?: readonly Problem[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An answer other than success. Thrown, because no handler has anything left to do after it. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly statusCode: number;
  readonly problems: readonly Problem[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, rest: ApiProblemRest = {}) {
    super(detail, { cause: rest.cause });
    this.name = 'ApiProblem';
    this.code = code;
    this.statusCode = PROBLEM_CODES[code].status;
    this.problems = rest.problems;
    this.headers = rest.headers ?? {};
  }
}

/** The body of a problem; `instance` is the id of the request. */
export function problemDetails(problem: ApiProblem, instance: string): ProblemDetails {
  const { status, title } = PROBLEM_CODES[problem.code];
  return {
    type: `${PROBLEM_TYPE_BASE}${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    instance,
    ...(problem.problems === undefined ? {} : { problems: [...problem.problems] }),
  };
}

/** One wrong field, as a problem of its own. */
export function fieldProblem(code: ProblemCode, path: string, message: string, rule: string): ApiProblem {
  return new ApiProblem(code, `${path}: ${message}`, { problems: [{ path, message, rule }] });
}
