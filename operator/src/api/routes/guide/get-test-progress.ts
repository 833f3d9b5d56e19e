import Type from 'typebox';
import { GUIDE_STATUSES, type GuideStatus, guideProgress } from '../../../guide/guide-progress.ts';
import type { Api } from '../../api-instance.ts';
import { findGuideTest, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { readStates } from '../../views/read-states.ts';
import { guideErrors, guideRoute, NullReasons, TestId } from './guide-route.ts';

const orNull = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });

export const Progress = Type.Object({
  progress: orNull('Per cent of the run; null: it has no end.'),
  status: Type.Unsafe<GuideStatus>({ type: 'string', enum: [...GUIDE_STATUSES] }),
  elapsed_time: orNull('Seconds of the run; null: none has begun.'),
  remaining_time: orNull('Seconds; null: it has no end, or has not begun.'),
  null_reasons: NullReasons,
});
export type Progress = Type.Static<typeof Progress>;

export function getTestProgress(app: Api, services: GuideApiServices): void {
  const schema = {
    summary: 'How far the run of a test is',
    tags: ['guide'],
    params: TestId,
    response: { 200: Progress, ...guideErrors },
  };
  app.get('/api/test/:id/progress', { schema, ...guideRoute }, ({ params }) =>
    readProgress(services, params.id),
  );
}

export async function readProgress(services: GuideApiServices, id: number): Promise<Progress> {
  const test = await findGuideTest(services, id);
  const nowMs = await services.nowMs();
  const { states, runs } = await readStates(services, [test], nowMs);
  const run = runs.get(test.uid)?.at(-1) ?? null;
  const progress = guideProgress({ state: states.get(test.uid) ?? 'Pending', run, nowMs });
  const reason = run === null || progress.status === 'pending' ? 'not-begun' : 'no-end';
  const nulls = Object.entries(progress).filter(([, value]) => value === null);
  return { ...progress, null_reasons: Object.fromEntries(nulls.map(([field]) => [field, reason])) };
}
