import type { TObject } from 'typebox';

/** SI base units; the console and the guide's API convert for people. */
export type Unit =
  | 'seconds'
  | 'ratio'
  | 'count'
  | 'bytes'
  | 'bytes_per_second'
  | 'bits_per_second'
  | 'per_second'
  | 'hertz'
  | 'hops'
  | 'load'
  | 'none';

/** Why a value is null. "Not measured" and 0 must never look alike. */
export const NULL_REASONS = [
  'unsupported',
  'no-permission',
  'not-applicable',
  'timeout',
  'failed',
  'first-sample',
  'too-short',
] as const;
export type NullReason = (typeof NULL_REASONS)[number];

/**
 * How a metric is kept.
 * - `samples`: raw values of one slot (a bounded array); rolled up as a mergeable histogram
 * - `distribution`: one value a slot, rolled up as a mergeable histogram
 * - `gauge`: one value a slot, rolled up as count, sum, min, max
 * - `fact`: a number that does not add up or average (a port); not rolled up
 * - `count`: an integer that adds up, rolled up as a sum
 * - `state`: a word; `detail`: JSON. Neither is rolled up.
 */
export type MetricKind = 'samples' | 'distribution' | 'gauge' | 'count' | 'fact' | 'state' | 'detail';

export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  readonly kind: MetricKind;
  readonly better: 'lower' | 'higher' | null;
  readonly meaning: string;
  readonly nullMeans: string;
  /** Answered from the histogram of another metric wherever more than one slot is asked for. */
  readonly of?: { readonly metric: string; readonly statistic: Statistic };
  /** A numeric column that needs int8 or float8 because float4 would lose digits. */
  readonly wide?: boolean;
  readonly guideField?: string;
  readonly guideUnit?: string;
  /** A count of what happens to a destination: each is an event as well. */
  readonly event?: MetricEvent;
}

export interface MetricEvent {
  /** Constant word for programs. */
  readonly reason: string;
  /** What happened, behind the name of the destination. */
  readonly words: string;
  /** Whether each agent has its own, as with a path; else all see the same, and one says it. */
  readonly perAgent: boolean;
}

export type Statistic = 'min' | 'mean' | 'p50' | 'p95' | 'p99' | 'max';

export type DestinationKind = 'host' | 'url' | 'service' | 'agents';

/** Whether a probe applies to a kind of destination, and what it then measures. */
export type Applicability =
  | { readonly applies: true; readonly means: string; readonly defaultPort?: number | 'url' }
  | { readonly applies: false; readonly reason: string };

export interface Phases {
  /** Metric of the whole. */
  readonly total: string;
  /** Metrics of the parts, in the order of time; no time is in two of them. */
  readonly parts: readonly string[];
}

export interface Probe {
  readonly name: string;
  readonly summary: string;
  /** One stream for each test and agent, without a destination. */
  readonly perAgent: boolean;
  /** Finding the address is part of what it measures: it is given the name. */
  readonly findsAddress?: true;
  /** It is given the whole URL of a destination that has one. */
  readonly takesUrl?: true;
  /** Why it does not apply to a host that is a literal address; absent where it does. */
  readonly literalReason?: string;
  /**
   * Its period where no `every` is given and the interval is shorter (ms); absent: the interval. Every slot fits into
   * it, whatever its options.
   */
  readonly ownPeriodMs?: number;
  /** Schema of its options in a StreamTest. */
  readonly options: TObject;
  readonly metrics: readonly Metric[];
  /** Where a slot has parts that follow each other: they add up to `total`, but for the time between two of them. */
  readonly phases?: Phases;
  readonly destinations: Readonly<Record<DestinationKind, Applicability>>;
  /**
   * How long one slot takes at most with these options and this period, without name resolution. A test whose
   * slots could not end within their period is refused.
   */
  slotBudgetMs(options: Readonly<Record<string, unknown>>, periodMs: number): number;
  /**
   * CEL that is true where `slotBudgetMs` is at most the period: given the expressions of the options and of the
   * period (a duration); `timeout` is a readable duration there or absent. Null where every slot fits.
   */
  readonly slotFitsCel: ((options: string, period: string) => string) | null;
  /** Packets that the agent sends in one slot when nothing is lost. */
  packetsPerSlot(options: Readonly<Record<string, unknown>>): number;
}
