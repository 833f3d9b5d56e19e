import { TEST_STATES, TestList } from '@streamswarm/contract';
import { closed, stringEnum } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { DEFAULT_PAGE, readTestList } from '../../views/list-tests.ts';
import { windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';

const Query = Type.Object(
  {
    ...windowParameters,
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, description: `Tests on a page. Absent: ${DEFAULT_PAGE}.` }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 127, description: '`next` of the page before.' })),
    q: Type.Optional(
      Type.String({ maxLength: 200, description: 'Text in the name, the description or a destination.' }),
    ),
    state: Type.Optional(stringEnum(TEST_STATES, 'Only tests in this state.')),
    namespace: Type.Optional(Type.String({ maxLength: 63, description: 'Only tests of this namespace.' })),
  },
  closed,
);

export function listTests(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'Tests with their progress, loss and latency',
    tags: ['tests'],
    querystring: Query,
    response: { 200: TestList, ...problemResponses },
  };
  app.get('/api/v1/tests', { schema }, (request) => readTestList(services, request.query));
}
