import swagger from '@fastify/swagger';
import {
  Accounting,
  AgentView,
  ApiTokenList,
  AuditPage,
  Catalogue,
  CreatedApiToken,
  EventList,
  Fleet,
  PlanPreview,
  ProblemDetails,
  Results,
  TestDetail,
  TestList,
  UserList,
  WhoAmI,
} from '@streamswarm/contract';
import type { FastifySchema } from 'fastify';
import type { Api } from '../api-instance.ts';

/** Shapes that whole answers have: they stand once in the description, under the names of the contract. */
const SHAPES = [
  Accounting,
  AgentView,
  ApiTokenList,
  AuditPage,
  Catalogue,
  CreatedApiToken,
  EventList,
  Fleet,
  PlanPreview,
  ProblemDetails,
  Results,
  TestDetail,
  TestList,
  UserList,
  WhoAmI,
];

/** The description of the API, made from the schemas that check it. */
export async function describeApi(app: Api, version: string): Promise<void> {
  for (const shape of SHAPES) app.addSchema(shape);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'StreamSwarm',
        version,
        description:
          'Tests, results and books of a StreamSwarm. Durations are seconds, shares 0 to 1, times RFC 3339 in UTC. Errors are problem details (RFC 9457) with a stable code.',
      },
    },
    transform: ({ schema, url }) => ({ schema: withNamedAnswers(schema), url }),
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, i) => (typeof $id === 'string' ? $id : `shape-${i}`),
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** swagger names nested shapes by itself and repeats the outermost; here these are named too. */
function withNamedAnswers(schema: FastifySchema): FastifySchema {
  if (typeof schema?.response !== 'object' || schema.response === null) return schema;
  const answers = Object.entries(schema.response).map(([status, answer]) => [status, named(answer)]);
  return { ...schema, response: Object.fromEntries(answers) };
}

function named(answer: unknown): unknown {
  const id = (answer as { $id?: unknown }).$id;
  return SHAPES.some((shape) => '$id' in shape && shape.$id === id) ? { $ref: `${id}#` } : answer;
}
