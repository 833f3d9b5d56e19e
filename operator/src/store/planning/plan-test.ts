import { RUN_NOW_ANNOTATION, STOP_NOW_ANNOTATION } from '@streamswarm/contract';
import { decidePlan, type PlanDecision } from '../../domain/assignments/decide-plan.ts';
import type { ServiceLookup } from '../../domain/assignments/service-target.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { clockMs, type Database, type Queryable, type Transaction } from '../database.ts';
import { lockAgentsOfSpans } from '../ingest/agent-locks.ts';
import { type AgentList, agentListOf } from './agent-list.ts';
import { afterMirror, decideMirror } from './decide-mirror.ts';
import { beginPlanning, NotLeading } from './leadership.ts';
import { storeMirror } from './mirror-test.ts';
import { nothingPlanned, type PlanOutcome, type Wish } from './plan-outcome.ts';
import { loadPlanState, type PlanState, type TestRow } from './plan-state.ts';
import { writePlan } from './write-plan.ts';
import { isNewStanding, writeStanding } from './write-standing.ts';

export interface PlanOptions {
  /** Of our leadership. */
  readonly epoch: number;
  /** Id of the cluster, of which every stream key is made. */
  readonly cluster: string;
  readonly uid: string;
  /** What the API server has. Absent: the stored test goes on, as it always does without a cluster. */
  readonly wish?: Wish | undefined;
  /** What is known of a Service; absent where there is no cluster. */
  readonly services?: ServiceLookup | undefined;
  /** Moves the clock, for tests. */
  at?(postgresMs: number): number;
}

/**
 * Plans one test: gathers what is, decides what should be, and applies the difference. Everything is first
 * decided on one snapshot; only where something must change is it decided again and written, in a transaction
 * that carries the epoch of its planner. Throws NotLeading where another plans now.
 */
export async function planTest(db: Database, options: PlanOptions): Promise<PlanOutcome> {
  const agents = agentListOf(db);
  const state = await look(db, options);
  if (state.epoch !== options.epoch) throw new NotLeading();
  const step = decideMirror(state, options.wish);
  const test = afterMirror(state.test, step);
  if (test === null) return nothingPlanned(state.nowMs);
  const decision = await decide(db, { options, agents, state, test });
  if (step.kind === 'store' && state.rival !== null) {
    // Its name was given to another: it is gone, whether or not anybody has said so.
    await planTest(db, { ...options, uid: state.rival.uid, wish: { kind: 'gone' } });
  }
  if (step.kind === 'store' || step.kind === 'delete' || mustWrite(decision, test)) {
    return db.transaction(async (tx) => {
      const revision = await beginPlanning(tx, options.epoch);
      return planLocked(tx, { options, agents, revision });
    });
  }
  if (isNewStanding(decision, test)) await writeStanding(db, test, { decision, epoch: options.epoch });
  if (step.kind === 'version') await moveVersion(db, options, step.resourceVersion);
  return outcomeOf(test, decision, { state, run: lastRun(state, decision), changed: false });
}

interface Locked {
  readonly options: PlanOptions;
  readonly agents: AgentList;
  readonly revision: number;
}

/** The same again, under the lock of the leadership row: nobody else plans meanwhile. */
async function planLocked(tx: Transaction, locked: Locked): Promise<PlanOutcome> {
  const { options, agents, revision } = locked;
  const seen = await look(tx, options);
  const step = decideMirror(seen, options.wish);
  const test = afterMirror(seen.test, step);
  if (test === null) return nothingPlanned(seen.nowMs);
  await storeMirror(tx, step, seen.test);
  const state = await settle(tx, options, seen);
  const decision = await decide(tx, { options, agents, state, test });
  const isNews = isNewStanding(decision, test);
  const isWritten = mustWrite(decision, test);
  const running = isWritten
    ? await writePlan(tx, { test, decision, open: state.open, ...asked(test), revision, nowMs: state.nowMs })
    : decision.running;
  if (isNews && !isWritten) await writeStanding(tx, test, { decision, epoch: options.epoch });
  if (step.kind !== 'keep' || decision.end !== null || decision.start !== null || isNews)
    await tellLive(tx, test);
  return outcomeOf(test, decision, { state, run: running ?? lastRun(state, decision), changed: true });
}

async function look(db: Queryable, { uid, wish, at }: PlanOptions): Promise<PlanState> {
  const state = await loadPlanState(db, uid, wish?.kind === 'present' ? wish : null);
  return at === undefined ? state : { ...state, nowMs: at(state.nowMs) };
}

/**
 * The time of the plan. Batches that are being stored were weighed against the plan as it is: they are waited for,
 * and the time is taken after them, so that no slot they answered is due after the end of its span.
 */
async function settle(tx: Transaction, { at }: PlanOptions, state: PlanState): Promise<PlanState> {
  if (state.open.length === 0) return state;
  await lockAgentsOfSpans(tx, state.open);
  const nowMs = await clockMs(tx);
  return { ...state, nowMs: at === undefined ? nowMs : at(nowMs) };
}

interface ToDecide {
  readonly options: PlanOptions;
  readonly agents: AgentList;
  readonly state: PlanState;
  readonly test: TestRow;
}

async function decide(db: Queryable, { options, agents, state, test }: ToDecide): Promise<PlanDecision> {
  const { cluster, services } = options;
  const { spec, namespace, deleted, wasSuspended, createdMs, cursor } = test;
  return decidePlan({
    cluster,
    testUid: test.uid,
    namespace,
    spec,
    deleted,
    wasSuspended,
    createdMs,
    cursor,
    runs: state.runs,
    open: state.open,
    nowMs: state.nowMs,
    agents: await agents.at(db, state.agentsVersion),
    services,
    ...asked(test),
  });
}

/** Values of run-now and stop-now that nobody acted on yet. */
function asked({ annotations, handledRunNow, handledStopNow }: TestRow) {
  const unhandled = (value: string | undefined, handled: string | null): string | null =>
    value === undefined || value === handled ? null : value;
  return {
    runNow: unhandled(annotations[RUN_NOW_ANNOTATION], handledRunNow),
    stopNow: unhandled(annotations[STOP_NOW_ANNOTATION], handledStopNow),
  };
}

function mustWrite({ end, start, cursor, spans }: PlanDecision, test: TestRow): boolean {
  const { runNow, stopNow } = asked(test);
  return (
    end !== null ||
    start !== null ||
    cursor !== null ||
    spans.close.length + spans.change.length + spans.open.length > 0 ||
    runNow !== null ||
    stopNow !== null ||
    test.wasSuspended !== (test.spec.suspend === true)
  );
}

/** Nothing of the plan depends on it, but an older copy must not come after it. */
async function moveVersion(db: Database, { uid, epoch }: PlanOptions, version: string): Promise<void> {
  await db.query(
    `update stream_test set resource_version = $2
     where uid = $1 and resource_version < $2 and exists (select from leadership where epoch = $3)`,
    [uid, version, epoch],
  );
}

async function tellLive(tx: Transaction, { namespace, name }: TestRow): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [
    'streamswarm_live',
    JSON.stringify({ entity: 'tests', key: `${namespace}/${name}` }),
  ]);
}

function lastRun({ runs }: PlanState, { end, running }: PlanDecision): RunRecord | null {
  const last = runs.at(-1) ?? null;
  if (running !== null) return running;
  return last !== null && end !== null && last.id === end.id ? { ...last, ...end } : last;
}

function outcomeOf(
  test: TestRow,
  decision: PlanDecision,
  { state, run, changed }: { state: PlanState; run: RunRecord | null; changed: boolean },
): PlanOutcome {
  const { namespace, name, generation, deleted } = test;
  const { againMs, deleteAtMs, nextRunMs, happenings, problems, streams } = decision;
  return {
    test: { namespace, name, generation, deleted },
    nowMs: state.nowMs,
    againMs,
    deleteAtMs,
    nextRunMs,
    run: run === null ? null : runRecord(run),
    assignedAgents: new Set(streams.map((stream) => stream.agentId)).size,
    streams: streams.length,
    happenings: changed ? happenings : [],
    problems,
    changed,
  };
}

/** Without what only planning remembers of it. */
function runRecord({ id, number, reason, startMs, plannedEndMs, endMs, result }: RunRecord): RunRecord {
  return { id, number, reason, startMs, plannedEndMs, endMs, result };
}
