import { isDeepStrictEqual } from 'node:util';
import type { Problem, StreamTestSpec, StreamTestStatus } from '@streamswarm/contract';
import type { Logger } from 'pino';
import { isRunning } from '../../domain/runs/run.ts';
import { type DecidedStatus, decideStatus, refusedStatus } from '../../domain/status/decide-status.ts';
import { isUrgent } from '../../domain/status/is-urgent.ts';
import type { PlanFacts, RunFigures } from '../../domain/status/plan-facts.ts';
import { wholeSeconds } from '../../domain/status/whole-seconds.ts';
import { isConflict, isNotFound } from '../../kube/kube-error.ts';
import { startWorkQueue } from '../../kube/work-queue.ts';
import type { StreamTestObject } from '../../stream-tests/stream-test-object.ts';
import { assembleStatus, isSameStatus } from './assemble-status.ts';
import { progressPeriodMs, startWriteBudget } from './write-budget.ts';

/** What planning made of a test: a plan, or why its spec is refused. */
export type PlanVerdict =
  | { readonly kind: 'planned'; readonly wish: PlannedWish; readonly plan: PlanFacts }
  | { readonly kind: 'refused'; readonly generation: number; readonly problems: readonly Problem[] };

/** The version of a test that was planned; the API server may have a newer one by now. */
export interface PlannedWish {
  readonly generation: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: StreamTestSpec;
}

export interface StatusControllerOptions {
  /** The test as the API server has it, or null where it is gone. */
  find(uid: string): StreamTestObject | null;
  figures(uid: string, runId: string): Promise<RunFigures>;
  /** Stores a status on condition of the resourceVersion that it was decided on. */
  write(test: StreamTestObject, status: StreamTestStatus): Promise<void>;
  /** False while this process may not be the leader any more: then nothing is written. */
  mayWrite(): boolean;
  /** Postgres's clock, ms. */
  nowMs(): Promise<number>;
  monotonicMs(): number;
  /** Uniform in [0, 1). */
  random(): number;
  readonly logger: Logger;
}

export interface StatusController {
  /** A test was planned, or its plan looked at again. */
  planned(uid: string, verdict: PlanVerdict): void;
  /** Results of a test have come in. */
  heard(namespaceAndName: string): void;
  stop(): Promise<void>;
}

interface Entry {
  /** `namespace/name` */
  readonly name: string;
  readonly verdict: PlanVerdict;
  /** Some result of the current run is known to be stored. */
  isHeard: boolean;
  /** Monotonic; progress is not written before. */
  nextProgressMs: number;
}

/** As many writes at once as a person's script has: fewer would wait behind it in the API server. */
const WORKERS = 32;
const NOT_LEADING_RETRY_MS = 1_000;
/** After its end a run's books are looked at for so long. */
const LATE_RESULTS_MS = 10 * 60_000;
/** The cache has to see the write that got in between. */
const CONFLICT_RETRY_MS = 150;

/**
 * Keeps the status of each test true. News (accepted, refused, started, first result, ended) is written at once;
 * progress shares a budget of writes, so that 5,000 running tests cost the API server no more than 80.
 */
export function startStatusController(options: StatusControllerOptions): StatusController {
  const { find, logger, monotonicMs, random } = options;
  const entries = new Map<string, Entry>();
  const uidsOfNames = new Map<string, string>();
  const budget = startWriteBudget(monotonicMs);

  const queue = startWorkQueue({
    concurrency: WORKERS,
    logger,
    async process(uid) {
      const entry = entries.get(uid);
      const test = find(uid);
      if (entry === undefined || test === null) {
        forget(uid);
        return;
      }
      if (!options.mayWrite()) return { againAfterMs: NOT_LEADING_RETRY_MS };
      const nowMs = await options.nowMs();
      const wanted = await decide(test, entry, nowMs);
      const status = assembleStatus(test.status, wanted, wholeSeconds(nowMs));
      if (!isSameStatus(test.status, status)) {
        if (!isUrgent(test.status, wanted)) {
          const waitMs = Math.max(entry.nextProgressMs - monotonicMs(), 0) || budget.take();
          if (waitMs > 0) return { againAfterMs: waitMs };
        }
        // Asked again at the last moment: figures took a while, and a deposed leader must not write.
        if (!options.mayWrite()) return { againAfterMs: NOT_LEADING_RETRY_MS };
        try {
          await options.write(test, status);
        } catch (error) {
          if (isNotFound(error)) return;
          if (isConflict(error)) return { againAfterMs: CONFLICT_RETRY_MS };
          throw error;
        }
      }
      if (!canChange(entry.verdict, status, nowMs)) return;
      const periodMs = progressPeriodMs(entries.size);
      entry.nextProgressMs = monotonicMs() + periodMs;
      return { againAfterMs: periodMs };
    },
  });

  const decide = async (
    test: StreamTestObject,
    { verdict, isHeard }: Entry,
    nowMs: number,
  ): Promise<Partial<DecidedStatus> & Pick<DecidedStatus, 'conditions'>> => {
    if (verdict.kind === 'refused') {
      const { conditions: _, ...kept } = test.status ?? {};
      return { ...kept, ...refusedStatus(verdict.generation, verdict.problems) };
    }
    const { plan, wish } = verdict;
    const isNewRun = test.status?.run?.id !== plan.run?.id;
    const figures =
      plan.run === null || (isNewRun && !isHeard)
        ? null
        : await options.figures(test.metadata.uid, plan.run.id);
    return decideStatus({ ...wish, plan, figures, nowMs });
  };
  const forget = (uid: string): void => {
    const entry = entries.get(uid);
    if (entry !== undefined && uidsOfNames.get(entry.name) === uid) uidsOfNames.delete(entry.name);
    entries.delete(uid);
  };

  return {
    planned(uid, verdict) {
      const before = entries.get(uid);
      const test = find(uid);
      if (test === null || isDeepStrictEqual(before?.verdict, verdict)) return;
      const name = `${test.metadata.namespace}/${test.metadata.name}`;
      const isSameRun = before !== undefined && runIdOf(before.verdict) === runIdOf(verdict);
      uidsOfNames.set(name, uid);
      entries.set(uid, {
        name,
        verdict,
        isHeard: isSameRun && before.isHeard,
        // A new leader finds many running tests at once: their progress is spread, not queued.
        nextProgressMs: before?.nextProgressMs ?? monotonicMs() + random() * progressPeriodMs(entries.size),
      });
      queue.add(uid);
    },
    heard(name) {
      const uid = uidsOfNames.get(name);
      const entry = uid === undefined ? undefined : entries.get(uid);
      if (uid === undefined || entry === undefined || entry.isHeard) return;
      entry.isHeard = true;
      queue.add(uid);
    },
    stop: () => queue.stop(),
  };
}

/** A running test changes by itself, and one that has ended until its last slots are answered for. */
function canChange(verdict: PlanVerdict, { samples }: StreamTestStatus, nowMs: number): boolean {
  if (verdict.kind === 'refused' || verdict.plan.run === null) return false;
  const { run } = verdict.plan;
  if (isRunning(run, nowMs)) return true;
  const endMs = run.endMs ?? run.plannedEndMs ?? nowMs;
  return (samples === undefined || samples.pending > 0) && nowMs - endMs < LATE_RESULTS_MS;
}

function runIdOf(verdict: PlanVerdict): string | undefined {
  return verdict.kind === 'planned' ? verdict.plan.run?.id : undefined;
}
