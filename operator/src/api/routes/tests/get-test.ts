import { TestDetail } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { findTest, readDetail } from '../../views/read-detail.ts';
import { windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

export function getTest(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'One test: manifest, what it measures, runs',
    tags: ['tests'],
    params: TestPath,
    querystring: Type.Object(windowParameters, closed),
    response: { 200: TestDetail, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name', { schema }, async (request) =>
    readDetail(services, await findTest(services, request.params), request.query),
  );
}
