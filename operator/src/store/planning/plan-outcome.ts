import type { StreamTestSpec } from '@streamswarm/contract';
import type { Happening, PlanProblem } from '../../domain/runs/happening.ts';
import type { RunRecord } from '../../domain/runs/run.ts';

/** A test as the API server of a cluster has it now. */
export type Wish =
  | {
      readonly kind: 'present';
      readonly uid: string;
      readonly namespace: string;
      readonly name: string;
      readonly generation: number;
      /** A big integer as text; a greater one is newer. */
      readonly resourceVersion: string;
      readonly spec: StreamTestSpec;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
      readonly createdMs: number;
    }
  | { readonly kind: 'gone' };

/** What planning made of a test. Times are milliseconds of Postgres's clock. */
export interface PlanOutcome {
  /** Null where no such test was ever stored. */
  readonly test: {
    readonly namespace: string;
    readonly name: string;
    /** Of the spec that was planned. */
    readonly generation: number;
    readonly deleted: boolean;
  } | null;
  /** When it was planned. */
  readonly nowMs: number;
  /** When to plan again, were nothing to change until then. */
  readonly againMs: number | null;
  /** When ttlAfterFinished deletes it; may have passed. */
  readonly deleteAtMs: number | null;
  readonly nextRunMs: number | null;
  /** The run that is going, else the last one. */
  readonly run: RunRecord | null;
  /** Agents that measure for it now. */
  readonly assignedAgents: number;
  readonly streams: number;
  /** What this planning did; stored as events, too. */
  readonly happenings: readonly Happening[];
  /** What stands in the way for as long as it does. */
  readonly problems: readonly PlanProblem[];
  /** Whether anything was written. */
  readonly changed: boolean;
}

export function nothingPlanned(nowMs: number): PlanOutcome {
  return {
    test: null,
    nowMs,
    againMs: null,
    deleteAtMs: null,
    nextRunMs: null,
    run: null,
    assignedAgents: 0,
    streams: 0,
    happenings: [],
    problems: [],
    changed: false,
  };
}
