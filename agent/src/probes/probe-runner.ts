import { PROBES, type ProbeName } from '@streamswarm/contract/probes/catalogue';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import type { LaneName } from '../schedule/lane.ts';
import type { Denied, FailureSource, NullReason, ProbeOutcome } from './probe-outcome.ts';

export type AddressFamily = 'any' | 'ipv4' | 'ipv6';

/** A probe made ready for one span: its options are read once, not in each slot. */
export interface PreparedProbe {
  readonly kind: ProbeName;
  readonly lane: LaneName;
  readonly family: AddressFamily;
  /** It is given the name and finds the address itself. */
  readonly findsAddress: boolean;
  /** Packets that one run may send. */
  readonly packets: number;
  /** What one run takes at the longest, ms. */
  readonly longestMs: number;
  /**
   * One run, once, for one address: for a probe that finds it itself the host of the destination, for a probe of
   * the agent itself empty.
   */
  run(address: string): Promise<ProbeOutcome | Denied>;
}

/** How a kind of probe is run. */
export interface ProbeRunner {
  prepare(planned: PlannedSpan): PreparedProbe;
  /** A span of this kind is over: what is remembered for it can go. */
  forget?(span: number): void;
}

export type ProbeRunners = Readonly<Record<ProbeName, ProbeRunner>>;

/** The outcome of a slot whose probe did not get to run, or broke: no metric has a value, all for one reason. */
export function failedOutcome(
  kind: ProbeName,
  source: FailureSource,
  reason: string,
  nullReason: NullReason = 'not-applicable',
): ProbeOutcome {
  return { outcome: 'error', source, reason, metrics: {}, nulls: allNull(kind, nullReason) };
}

/** Each metric of a probe, null for one reason. */
export function allNull(kind: ProbeName, reason: NullReason): Record<string, NullReason> {
  return Object.fromEntries(PROBES[kind].metrics.map(({ name }) => [name, reason]));
}
