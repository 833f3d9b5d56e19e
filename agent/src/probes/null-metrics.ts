import type { NullReason, ProbeOutcome } from './probe-outcome.ts';

/** The metrics that have no value, each with its reason: its own, else the one for all. */
export function nullsOf(
  metrics: ProbeOutcome['metrics'],
  forAll: NullReason,
  own: Readonly<Record<string, NullReason>> = {},
): Record<string, NullReason> {
  const missing = Object.entries(metrics).filter(([, value]) => value === null);
  return Object.fromEntries(missing.map(([name]) => [name, own[name] ?? forAll]));
}
