import { durationMs, intervalMs } from '@streamswarm/contract';
import Type, { type Static } from 'typebox';
import { guideName } from '../../../guide/guide-manifest.ts';
import { GUIDE_STATUSES, type GuideStatus, guideStatus } from '../../../guide/guide-progress.ts';
import { guideTime, guideTimeOrNull } from '../../../guide/guide-time.ts';
import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import { readStates, type TestStates } from '../read-states.ts';
import type { GuideApiServices } from './find-guide.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const time = orNull(Type.String({ description: 'ISO 8601 without zone, in UTC.' }));

export const GuideTestView = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  namespace: Type.String({ description: 'With its StreamTest name, where /api/v1/tests has it.' }),
  stream_test: Type.String({ description: 'Name of its StreamTest.' }),
  description: Type.String(),
  destination: Type.String({ description: 'With commas where the test has several.' }),
  duration: orNull(Type.Number({ description: 'Seconds; null: until it is stopped.' })),
  interval: Type.Number({ description: 'Seconds.' }),
  status: Type.Unsafe<GuideStatus>({ type: 'string', enum: [...GUIDE_STATUSES] }),
  scheduled_time: time,
  created_at: Type.String({ description: 'ISO 8601 without zone, in UTC.' }),
  started_at: time,
  completed_at: time,
});
export type GuideTestView = Static<typeof GuideTestView>;

/** Tests as scripts know them, in their order. */
export async function guideTestViews(
  services: GuideApiServices,
  tests: readonly StoredTest[],
): Promise<GuideTestView[]> {
  const nowMs = await services.nowMs();
  const [ids, states] = await Promise.all([
    services.guide.store.testIds(tests.map(({ uid }) => uid)),
    readStates(services, tests, nowMs),
  ]);
  return tests.flatMap((test) => {
    const id = ids.get(test.uid);
    return id === undefined ? [] : [guideTestView(test, id, { states, nowMs })];
  });
}

function guideTestView(
  test: StoredTest,
  id: number,
  { states, nowMs }: { readonly states: TestStates; readonly nowMs: number },
): GuideTestView {
  const { spec } = test.manifest;
  const run = states.runs.get(test.uid)?.at(-1) ?? null;
  const duration = durationMs(spec);
  const endMs = run === null ? null : (run.endMs ?? run.plannedEndMs);
  return {
    id,
    name: guideName(test.manifest),
    namespace: test.namespace,
    stream_test: test.name,
    description: spec.description ?? '',
    destination: destinationText(test),
    duration: duration === null ? null : duration / 1_000,
    interval: intervalMs(spec) / 1_000,
    status: guideStatus({ state: states.states.get(test.uid) ?? 'Pending', run }),
    scheduled_time:
      spec.schedule?.startAt === undefined ? null : guideTime(Date.parse(spec.schedule.startAt)),
    created_at: guideTime(test.createdMs),
    started_at: guideTimeOrNull(run?.startMs ?? null),
    completed_at: endMs === null || endMs > nowMs ? null : guideTime(endMs),
  };
}

function destinationText({ manifest }: StoredTest): string {
  return manifest.spec.destinations
    .map(({ name, host, url, service }) => host ?? url ?? service?.name ?? name)
    .join(', ');
}
