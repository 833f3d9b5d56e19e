import { EventList } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { eventList } from '../../views/event-view.ts';
import { findTest } from '../../views/read-detail.ts';
import { eventPage, eventParameters } from '../events/event-parameters.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

export function listTestEvents(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'What happened to a test, newest first',
    tags: ['events'],
    params: TestPath,
    querystring: Type.Object(eventParameters, closed),
    response: { 200: EventList, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/events', { schema }, async ({ params, query }) => {
    const { namespace, name: test } = await findTest(services, params);
    return eventList(await services.reads.events({ ...eventPage(query), namespace, test }));
  });
}
