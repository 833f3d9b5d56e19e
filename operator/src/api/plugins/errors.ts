import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from '../api-instance.ts';
import { ApiProblem, problemDetails } from '../problems/api-problem.ts';
import { problemFromError } from '../problems/from-error.ts';

export const PROBLEM_JSON = 'application/problem+json';

/** Answers every error with problem details; logs those that are ours. */
export function answerErrors(app: Api): void {
  app.setErrorHandler(sendProblem);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
}

/** Also for what fails before a route is found, such as a path that cannot be decoded. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemFromError(error);
  if (problem.code === 'internal') {
    request.log.error({ err: error, method: request.method, path: pathOf(request) }, 'request failed');
  } else if (problem.code === 'database-unavailable') {
    request.log.warn({ err: error, path: pathOf(request) }, 'request failed: Postgres does not answer');
  }
  reply
    .code(problem.statusCode)
    .headers(problem.headers)
    .type(PROBLEM_JSON)
    .send(JSON.stringify(problemDetails(problem, request.id)));
}

/** Without the query, which may hold a secret (the admin link). */
function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '/';
}

export function nothingHere(method: string, path: string): ApiProblem {
  return new ApiProblem(
    'not-found',
    `There is no ${method} ${path}. All addresses are listed at /api/openapi.json.`,
  );
}
