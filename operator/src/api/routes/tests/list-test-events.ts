import { EventList } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { eventList } from '../../views/event-view.ts';
import { findTest } from '../../views/read-detail.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { eventPage, eventParameters } from '../events/event-parameters.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from './test-path.ts';

const Query = Type.Object(
  {
    ...eventParameters,
    ...windowParameters,
    agents: Type.Optional(
      Type.Boolean({ description: 'Also of the agents that measured it, such as one that went away.' }),
    ),
  },
  closed,
);

export function listTestEvents(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'What happened to a test, newest first',
    tags: ['events'],
    params: TestPath,
    querystring: Query,
    response: { 200: EventList, ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/events', { schema }, async ({ params, query }) => {
    const { namespace, name: test, uid } = await findTest(services, params);
    const { range, from, to, agents = false } = query;
    // Without a time all of them are meant, not those of the last hour.
    const isTimed = range !== undefined || from !== undefined || to !== undefined;
    const window = isTimed ? resolveWindow(query, await services.nowMs()) : {};
    const withAgentsOf = agents ? { withAgentsOf: uid } : {};
    return eventList(
      await services.reads.events({ ...eventPage(query), ...window, ...withAgentsOf, namespace, test }),
    );
  });
}
