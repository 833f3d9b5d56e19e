import type { NullReason } from '@streamswarm/contract/probes/probe';

export type { NullReason };

/** Where a failure lies: the destination, the path to it, name resolution, or this host. */
export type FailureSource = 'target' | 'network' | 'resolver' | 'local';

/** What one run of a probe for one destination has found. `nulls` says for each null metric why it is null. */
export type ProbeOutcome = {
  outcome: 'ok' | 'lost' | 'error';
  source?: FailureSource;
  reason?: string;
  metrics: Record<string, number | string | number[] | object | null>;
  nulls?: Record<string, NullReason>;
  /** Address that was measured, where the probe found it itself. */
  address?: string;
};

/** Some metrics of an outcome, and why those of them have no value that are null. */
export interface PartMetrics {
  readonly metrics: ProbeOutcome['metrics'];
  readonly nulls: Readonly<Record<string, NullReason>>;
}

/** The policy forbids the address that a probe was led to; nothing was sent there. */
export interface Denied {
  readonly outcome: 'denied';
  readonly reason: string;
}
