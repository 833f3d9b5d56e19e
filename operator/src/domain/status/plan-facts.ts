import type { RunReason, RunResult } from '@streamswarm/contract';

/** What planning found out about a test, as far as its status tells it. */
export interface PlanFacts {
  readonly run: {
    readonly id: string;
    readonly number: number;
    readonly startMs: number;
    readonly plannedEndMs: number | null;
    readonly endMs: number | null;
    readonly reason: RunReason;
    readonly result: RunResult | null;
  } | null;
  readonly nextRunMs: number | null;
  readonly assignedAgents: number;
  readonly streams: number;
  /** What could not be planned; the destination it concerns, or null for the whole test. */
  readonly problems: readonly {
    readonly reason: string;
    readonly message: string;
    readonly destination: string | null;
    /** Whether nothing of the test, or of that destination, is measured because of it. */
    readonly stops: boolean;
  }[];
}

/** What the results of a run say so far. */
export interface RunFigures {
  readonly assigned: number;
  /** Agents with an answered slot of late. */
  readonly reporting: number;
  readonly lastResultMs: number | null;
  readonly samples: {
    readonly scheduled: number;
    readonly ok: number;
    readonly lost: number;
    readonly error: number;
    readonly denied: number;
    readonly dropped: number;
    readonly pending: number;
    readonly unaccounted: number;
  };
  /** 0..1, or null where nothing was sent. */
  readonly lossRatio: number | null;
  readonly p95Seconds: number | null;
  readonly worst: readonly {
    readonly agent: string;
    readonly lossRatio: number | null;
    readonly p95Seconds: number | null;
  }[];
}
