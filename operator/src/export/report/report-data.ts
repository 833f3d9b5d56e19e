import type { Accounting, EventView, Results, Series, TestSummary } from '@streamswarm/contract';

/** What a report shows, read and ready: drawing asks nobody. */
export interface ReportData {
  readonly name: string;
  readonly namespace: string;
  readonly version: string;
  readonly madeMs: number;
  /** What was asked for; begin included, end not. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly summary: Pick<TestSummary, 'state' | 'message' | 'generation' | 'run' | 'agents'>;
  /** Label and words, one line each. */
  readonly facts: readonly (readonly [label: string, words: string])[];
  readonly pairs: readonly ReportPair[];
  readonly charts: readonly ReportChart[];
  /** Pairs of a probe and a destination that stand in the table alone. */
  readonly chartsLeftOut: number;
  readonly books: Accounting;
  readonly events: readonly EventView[];
  /** More than are shown. */
  readonly hasMoreEvents: boolean;
  readonly methods: readonly ReportMethod[];
  /** Results that scripts submitted: in none of the numbers. */
  readonly submitted: number;
}

/** Figures of one metric of one probe to one destination, over the whole window. */
export interface ReportPair {
  readonly probe: string;
  /** Null: the agent itself. */
  readonly destination: string | null;
  readonly metric: string;
  readonly unit: string;
  readonly n: number;
  readonly figures: Readonly<Record<Figure, number | null>>;
  readonly lost: number;
  readonly sent: number;
}

export const FIGURES = ['mean', 'p50', 'p95', 'p99', 'max'] as const;
export type Figure = (typeof FIGURES)[number];

export interface ReportChart {
  readonly title: string;
  readonly results: Pick<Results, 'from' | 'to' | 'stepSeconds' | 'steps' | 'level' | 'unit' | 'metric'>;
  readonly series: Series;
}

export interface ReportMethod {
  readonly probe: string;
  readonly metric: string;
  readonly meaning: string;
  readonly nullMeans: string;
  /** Largest own error in the window, in seconds; null where the probe measures none. */
  readonly selfErrorSeconds: number | null;
}
