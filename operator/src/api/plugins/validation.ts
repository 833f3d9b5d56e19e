import { checkStreamTest, type Problem, schemaProblems } from '@streamswarm/contract';
import type { FastifySchemaCompiler } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import { Convert } from 'typebox/value';
import type { Api } from '../api-instance.ts';
import { ApiProblem } from '../problems/api-problem.ts';
import type { ProblemCode } from '../problems/problem-codes.ts';

const CODES: Readonly<Record<string, ProblemCode>> = {
  querystring: 'invalid-query',
  params: 'invalid-path',
  body: 'invalid-body',
};

/** Checks every part of a request with the contract's own words, so that the API and the CLI say the same. */
const validator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const code = CODES[httpPart ?? 'body'] ?? 'invalid-request';
  // Only text arrives in a query: there, and nowhere else, "12" may stand for 12.
  const isText = httpPart === 'querystring' || httpPart === 'params';
  const hint = httpPart === 'querystring' ? () => unknownParameter(schema as TObject) : undefined;
  return (data: unknown) => {
    const value = isText ? Convert(schema, data) : data;
    const problems = schemaProblems(schema, value, hint);
    return problems.length > 0 ? { error: problemOf(code, problems) } : { value };
  };
};

/** For routes whose body is a StreamTest: the rules that no schema can say are checked too. */
export const manifestValidator: FastifySchemaCompiler<TSchema> = (route) =>
  route.httpPart === 'body'
    ? (data: unknown) => {
        const checked = checkStreamTest(data);
        return checked.ok
          ? { value: checked.test }
          : { error: problemOf('invalid-manifest', checked.problems) };
      }
    : validator(route);

function problemOf(code: ProblemCode, problems: readonly Problem[]): ApiProblem {
  const detail = problems
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new ApiProblem(code, detail, { problems });
}

function unknownParameter(schema: TObject): string {
  const known = Object.keys(schema.properties ?? {});
  return known.length === 0
    ? 'unknown parameter: this address takes none'
    : `unknown parameter; this address takes ${known.join(', ')}`;
}

export function validateByContract(app: Api): void {
  app.setValidatorCompiler(validator as FastifySchemaCompiler<unknown>);
  // The compiler of fastify turns null into 0 and drops what a schema does not name: a number would be invented.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
}
