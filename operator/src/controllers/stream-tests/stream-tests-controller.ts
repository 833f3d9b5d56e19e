import { checkStreamTest } from '@streamswarm/contract';
import type { Logger } from 'pino';
import type { WatchCache } from '../../kube/watch-cache.ts';
import { startWorkQueue } from '../../kube/work-queue.ts';
import type { PlanOutcome, Wish } from '../../store/planning/plan-outcome.ts';
import { annotationsOf, manifestOf, type StreamTestObject } from '../../stream-tests/stream-test-object.ts';
import type { PlanVerdict } from '../status/status-controller.ts';
import { needsPlanning } from './needs-planning.ts';
import { type ServiceDirectory, servicesOf } from './service-directory.ts';
import { type PlannedNow, type TestEvent, testEvents } from './test-events.ts';

export interface StreamTestsControllerOptions {
  readonly tests: WatchCache<StreamTestObject>;
  readonly services: ServiceDirectory;
  /** Plans one test; without a wish its stored spec goes on. */
  plan(uid: string, wish: Wish | undefined): Promise<PlanOutcome>;
  /** UIDs of every test that the store has and has not closed. */
  listUids(): Promise<string[]>;
  /** What became of a test, for its status. */
  report(uid: string, verdict: PlanVerdict): void;
  tell(test: StreamTestObject, event: TestEvent): void;
  /** Deletes a finished test; its results stay. */
  remove(test: StreamTestObject): Promise<void>;
  /** Postgres's clock, ms. */
  nowMs(): Promise<number>;
  readonly logger: Logger;
}

export interface StreamTestsController {
  /** Plans every test again: agents came or went. */
  planAll(): Promise<void>;
  stop(): Promise<void>;
}

const WORKERS = 4;
/** Level-based safety net: whatever was missed is found within this time. */
const RESYNC_MS = 300_000;
/** A test is looked at again at least this often; timers of weeks would drift from Postgres's clock. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Plans each StreamTest of the API server as its spec and the clock want it. Starts once the caches are whole:
 * before, a test that is not in them may just not be known yet.
 */
export async function startStreamTestsController(
  options: StreamTestsControllerOptions,
): Promise<StreamTestsController> {
  const { tests, services, logger } = options;

  const queue = startWorkQueue({
    concurrency: WORKERS,
    logger,
    async process(uid) {
      const test = tests.getByUid(uid);
      // One that is being deleted measures nothing any more, whatever finalizers others have put on it.
      if (test === null || test.metadata.deletionTimestamp !== undefined) {
        lastRefusal.delete(uid);
        await options.plan(uid, { kind: 'gone' });
        return;
      }
      const checked = checkStreamTest(manifestOf(test));
      const outcome = await options.plan(uid, checked.ok ? wishOf(test) : undefined);
      const generation = test.metadata.generation ?? 1;
      tellNews(test, {
        outcome,
        refused: checked.ok ? [] : checked.problems,
        isNewSpec: test.status?.observedGeneration !== generation,
      });
      options.report(
        uid,
        checked.ok
          ? {
              kind: 'planned',
              wish: { generation, annotations: annotationsOf(test.metadata), spec: test.spec },
              plan: outcome,
            }
          : { kind: 'refused', generation, problems: checked.problems },
      );
      const nowMs = await options.nowMs();
      if (outcome.deleteAtMs !== null && outcome.deleteAtMs <= nowMs) {
        options.tell(test, {
          type: 'Normal',
          reason: 'Deleting',
          note: 'ttlAfterFinished has passed; the results stay',
        });
        await options.remove(test);
        return;
      }
      const dueMs = Math.min(outcome.againMs ?? Infinity, outcome.deleteAtMs ?? Infinity);
      return { againAfterMs: Math.min(LONGEST_WAIT_MS, Math.max(0, dueMs - nowMs) + 1) };
    },
  });

  /** A standing refusal is told once, not at each look. */
  const lastRefusal = new Map<string, string>();
  const tellNews = (test: StreamTestObject, now: PlannedNow): void => {
    const news = testEvents(now);
    const refusal = JSON.stringify(news.filter(({ reason }) => reason === 'Refused'));
    const isTold = lastRefusal.get(test.metadata.uid) === refusal;
    lastRefusal.set(test.metadata.uid, refusal);
    for (const event of news) if (event.reason !== 'Refused' || !isTold) options.tell(test, event);
  };

  const planAll = async (): Promise<void> => {
    const uids = new Set([
      ...(await options.listUids()),
      ...tests.list().map(({ metadata }) => metadata.uid),
    ]);
    for (const uid of uids) queue.add(uid);
  };
  const resync = (): void => {
    planAll().catch((error: unknown) => logger.warn({ err: error }, 'cannot list tests; trying again'));
  };

  await tests.synced;
  const unwatch = [
    tests.onChange((change) => {
      if (needsPlanning(change)) queue.add(change.object.metadata.uid);
    }),
    services.onChange((key) => {
      for (const { metadata, spec } of tests.list())
        if (servicesOf(spec, metadata.namespace ?? 'default').includes(key)) queue.add(metadata.uid);
    }),
  ];
  const interval = setInterval(resync, RESYNC_MS);
  resync();

  return {
    planAll,
    async stop() {
      for (const stop of unwatch) stop();
      clearInterval(interval);
      await queue.stop();
    },
  };
}

function wishOf({ metadata, spec }: StreamTestObject): Wish {
  return {
    kind: 'present',
    uid: metadata.uid,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    generation: metadata.generation ?? 1,
    resourceVersion: metadata.resourceVersion,
    spec,
    labels: metadata.labels ?? {},
    annotations: annotationsOf(metadata),
    createdMs: Date.parse(metadata.creationTimestamp ?? ''),
  };
}
