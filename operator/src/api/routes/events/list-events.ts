import { EventList } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { eventList } from '../../views/event-view.ts';
import { problemResponses } from '../problem-responses.ts';
import { eventPage, eventParameters } from './event-parameters.ts';

const name = (description: string) => Type.Optional(Type.String({ maxLength: 253, description }));
const Query = Type.Object(
  {
    ...eventParameters,
    namespace: name('Only of tests of this namespace.'),
    test: name('Only of tests of this name.'),
    agent: name('Only of this agent.'),
  },
  closed,
);

export function listEvents(app: Api, { reads }: ApiServices): void {
  const schema = {
    summary: 'What happened, newest first',
    tags: ['events'],
    querystring: Query,
    response: { 200: EventList, ...problemResponses },
  };
  app.get('/api/v1/events', { schema }, async ({ query }) =>
    eventList(await reads.events({ ...query, ...eventPage(query) })),
  );
}
