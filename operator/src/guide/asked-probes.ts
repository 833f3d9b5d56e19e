import { type ProbeName, probePairs, type StreamTestSpec } from '@streamswarm/contract';

/** Probes that a test has; false where one applies to none of its destinations. */
export function askedProbes(spec: StreamTestSpec): Map<ProbeName, boolean> {
  const asked = new Map<ProbeName, boolean>();
  for (const { probe, applicability } of probePairs(spec)) {
    asked.set(probe.kind, applicability.applies || asked.get(probe.kind) === true);
  }
  return asked;
}

/** Why a probe gave no value at all; null where one could still come. */
export function notAsked(asked: ReadonlyMap<ProbeName, boolean>, probe: ProbeName): string | null {
  const applies = asked.get(probe);
  if (applies === undefined) return 'not-asked';
  return applies ? null : 'not-applicable';
}
