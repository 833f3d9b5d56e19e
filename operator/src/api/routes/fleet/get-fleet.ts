import { Fleet } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { readFleet } from '../../views/read-fleet.ts';
import { windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';

export function getFleet(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'The fleet at a glance',
    tags: ['fleet'],
    querystring: Type.Object(windowParameters, closed),
    response: { 200: Fleet, ...problemResponses },
  };
  app.get('/api/v1/fleet', { schema }, ({ query }) => readFleet(services, query));
}
