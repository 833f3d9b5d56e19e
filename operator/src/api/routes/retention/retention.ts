import { RetentionDays, RetentionView, shorterThanFiner } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { fieldProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

const tags = ['retention'];
const response = { 200: RetentionView, ...problemResponses };

export function getRetention(app: Api, { retention }: ApiServices): void {
  const schema = { summary: 'How long results are kept', tags, response };
  app.get('/api/v1/retention', { schema }, () => retention.get());
}

export function putRetention(app: Api, { retention, access }: ApiServices): void {
  const schema = {
    summary: 'Set how long results are kept',
    description: 'What is older than that is deleted within minutes, and cannot be had back.',
    tags,
    body: RetentionDays,
    response,
  };
  app.put('/api/v1/retention', { schema }, async (request) => {
    const days = request.body;
    const wrong = shorterThanFiner(days);
    if (wrong !== null) throw fieldProblem('invalid-body', wrong.level, wrong.message, 'minimum');
    const view = await retention.set(days);
    const detail = Object.entries(days).map(([level, count]) => `${level} ${count} d`);
    await access.audit.record({
      actor: actorOf(request),
      action: 'retention.set',
      object: 'retention',
      detail: detail.join(', '),
    });
    return view;
  });
}
