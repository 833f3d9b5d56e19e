import { SessionRequest, SessionResponse } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export function openSession(app: Api, { agents }: ApiServices): void {
  const schema = {
    summary: 'An agent says who it is',
    tags: ['agent uplink'],
    body: SessionRequest,
    response: { 200: SessionResponse, ...problemResponses },
  };
  app.post('/agent/v1/session', { schema }, ({ body }) => agents.openSession(body));
}
