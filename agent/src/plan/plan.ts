import type { Assignment, PlannedSpan } from '@streamswarm/contract/wire/plan';

/** A span that this agent answers for. */
export interface KnownSpan {
  readonly planned: PlannedSpan;
  /** Id of its assignment. */
  readonly assignment: string;
  /** Generation of the plan in which this agent first knew it. */
  readonly since: number;
  /** False once the operator lists it no more: kept until its last slots are vouched for. */
  readonly listed: boolean;
}

export interface Plan {
  /** Grows with each change on this host: tells which spans an earlier word could not have vouched for. */
  readonly generation: number;
  /** Planning revision of the operator up to which this plan is whole. */
  readonly revision: number;
  readonly spans: ReadonlyMap<number, KnownSpan>;
}

export const EMPTY_PLAN: Plan = { generation: 0, revision: 0, spans: new Map() };

/** Changes between two `synced` lines. */
export interface PlanChange {
  /** The first of a connection lists everything: what it does not name is gone. */
  readonly snapshot: boolean;
  readonly puts: readonly Assignment[];
  /** Ids of assignments. */
  readonly dels: readonly string[];
  readonly revision: number;
}

/**
 * The plan after a change that was heard at `heardMs` (operator's clock). A span that is listed no more closes
 * then, unless it closed before; it stays until `throughMs` has passed its last slot, so that a restart still
 * answers for it.
 */
export function changePlan(plan: Plan, change: PlanChange, heardMs: number, throughMs: number): Plan {
  const generation = plan.generation + 1;
  const spans = new Map<number, KnownSpan>();
  const touched = new Set([...change.dels, ...change.puts.map((assignment) => assignment.id)]);
  for (const [id, known] of plan.spans) {
    const still = known.listed && !change.snapshot && !touched.has(known.assignment);
    const next = still ? known : unlisted(known, heardMs);
    if (!isSettled(next, throughMs)) spans.set(id, next);
  }
  for (const assignment of change.puts) {
    for (const planned of assignment.spans) {
      const since = plan.spans.get(planned.span)?.since ?? generation;
      spans.set(planned.span, { planned, assignment: assignment.id, since, listed: true });
    }
  }
  return { generation, revision: change.revision, spans };
}

function unlisted(known: KnownSpan, heardMs: number): KnownSpan {
  if (!known.listed) return known;
  const toMs = Math.min(known.planned.toMs ?? Number.POSITIVE_INFINITY, Math.ceil(heardMs));
  return { ...known, planned: { ...known.planned, toMs }, listed: false };
}

function isSettled({ planned, listed }: KnownSpan, throughMs: number): boolean {
  const { toMs, fromMs, periodMs } = planned;
  return !listed && toMs !== null && Math.max(toMs, fromMs) + 2 * periodMs < throughMs;
}

/** Whether a change leaves each span as it was: a reconnect lists the same plan again. */
export function isSamePlan(a: Plan, b: Plan): boolean {
  if (a.revision !== b.revision || a.spans.size !== b.spans.size) return false;
  for (const [id, known] of b.spans) {
    const before = a.spans.get(id);
    if (
      before === undefined ||
      before.listed !== known.listed ||
      !isSameSpan(before.planned, known.planned)
    ) {
      return false;
    }
  }
  return true;
}

export function isSameSpan(a: PlannedSpan, b: PlannedSpan): boolean {
  if (a === b) return true;
  return (
    a.toMs === b.toMs &&
    a.startMs === b.startMs &&
    a.periodMs === b.periodMs &&
    a.offsetMs === b.offsetMs &&
    a.fromMs === b.fromMs &&
    a.kind === b.kind &&
    JSON.stringify(a.target) === JSON.stringify(b.target) &&
    JSON.stringify(a.options) === JSON.stringify(b.options)
  );
}
