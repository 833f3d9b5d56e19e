import Type from 'typebox';
import { parseGuideTime } from '../../../guide/guide-time.ts';
import { sortFields } from '../../../guide/submitted-fields.ts';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem, fieldProblem } from '../../problems/api-problem.ts';
import { findGuideClient, findGuideTest, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { guideErrors, guideRoute } from './guide-route.ts';

const number = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
/** Open: the fields themselves are looked at one by one. */
const Body = Type.Object({
  client_id: number,
  test_id: number,
  timestamp: Type.Optional(
    Type.String({ maxLength: 40, description: 'ISO 8601, UTC without a zone. Absent: now.' }),
  ),
});

const Answer = Type.Object({
  status: Type.String(),
  message: Type.String(),
  submitted: Type.Literal(true, { description: 'Kept as submitted: outside the books and the rollups.' }),
  ignored: Type.Array(Type.String(), { description: 'Fields that the guide does not have: not kept.' }),
});

const DAY_MS = 86_400_000;

export function submitResult(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'Submit what a script measured itself, in the units of the guide',
    tags: ['guide'],
    body: Body,
    response: { 200: Answer, ...guideErrors },
  };
  app.post('/api/test/results', { schema, ...guideRoute }, async (request) => {
    const { client_id: clientId, test_id: testId, timestamp, ...given } = request.body;
    const { fields, ignored, problems } = sortFields(given);
    if (problems.length > 0) {
      const detail = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
      throw new ApiProblem('invalid-body', detail, { problems });
    }
    const atMs = timeOf(timestamp, await services.nowMs());
    await findGuideClient(services, clientId);
    await findGuideTest(services, testId);
    await services.guide.store.submit({ testId, clientId, atMs, fields, submittedBy: actorOf(request) });
    return { status: 'success', message: 'Results submitted', submitted: true as const, ignored };
  });
}

function timeOf(timestamp: string | undefined, nowMs: number): number {
  if (timestamp === undefined) return nowMs;
  const ms = parseGuideTime(timestamp);
  if (ms !== null && ms <= nowMs + DAY_MS) return ms;
  throw fieldProblem(
    'invalid-body',
    'timestamp',
    'must be a date such as 2026-12-01T09:00:00, in UTC unless it has a zone, and at most a day ahead',
    'guide-time',
  );
}
