import { ProblemDetails } from '@streamswarm/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { problemDetails } from '../../problems/api-problem.ts';
import { problemFromError } from '../../problems/from-error.ts';

/** An error in the guide's shape, with all that problem details say beside it. */
const GuideError = Type.Object({
  error: Type.String({ description: 'What is wrong, in words.' }),
  ...ProblemDetails.properties,
});

export const guideErrors = { '4xx': GuideError, '5xx': GuideError } as const;

const id = (what: string) =>
  Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: `Number of the ${what}.` });
export const TestId = Type.Object({ id: id('test') });
export const ClientId = Type.Object({ id: id('client') });

/** Why values of an answer are null: field -> reason. */
export const NullReasons = Type.Record(Type.String(), Type.String(), {
  description:
    'Why a field is null: unsupported (this version has no probe for it), not-asked (the test has no such probe), no-result (nothing came yet), or what the agent said.',
});

const MISSING = 'Missing required fields';

/** What every route of the guide has: its errors are {"error": ...}, and null is the same as absent in what it takes. */
export const guideRoute = {
  errorHandler(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemFromError(error);
    if (problem.code === 'internal') request.log.error({ err: error }, 'request of the guide failed');
    const isMissing = problem.problems?.some(({ rule }) => rule === 'required') === true;
    const body = { error: isMissing ? MISSING : problem.message, ...problemDetails(problem, request.id) };
    reply
      .code(problem.statusCode)
      .headers(problem.headers)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(body));
  },
  async preValidation(request: FastifyRequest): Promise<void> {
    const { body } = request;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
    const properties = (request.routeOptions.schema?.body as { properties?: object } | undefined)?.properties;
    const known = new Set(Object.keys(properties ?? {}));
    request.body = Object.fromEntries(
      Object.entries(body).filter(([name, value]) => value !== null || !known.has(name)),
    );
  },
};
