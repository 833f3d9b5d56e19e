import {
  type ComparedPath,
  changedFrom,
  learnedPath,
  UNKNOWN_PATH,
} from '@streamswarm/contract/probes/same-hops';
import type { TraceHop } from '@streamswarm/contract/probes/trace';
import type { PartMetrics, ProbeOutcome } from '../probe-outcome.ts';

export interface Noted {
  readonly outcome: ProbeOutcome;
  /** What is known of the path from now on. */
  readonly known: ComparedPath;
}

/** An outcome with whether its path is another than the one that was known before, by the same rule as the console. */
export function notePath(outcome: ProbeOutcome, known: ComparedPath): Noted {
  const path = outcome.metrics['path'] as readonly TraceHop[] | null | undefined;
  if (path === null || path === undefined) return { outcome: withChange(outcome, null), known };
  const seen: ComparedPath = { hops: path, reached: typeof outcome.metrics['hops'] === 'number' };
  const isFirst = known.hops.length === 0;
  const isChanged = changedFrom(path, known) !== null;
  return {
    outcome: withChange(outcome, isFirst ? 'first-sample' : isChanged ? 1 : 0),
    known: learnedPath(isChanged ? UNKNOWN_PATH : known, seen),
  };
}

/** Null: the outcome has no path, and says itself why. */
function withChange(outcome: ProbeOutcome, change: 0 | 1 | 'first-sample' | null): ProbeOutcome {
  const { metrics, nulls = {} } = outcome;
  const part: PartMetrics =
    typeof change === 'number'
      ? { metrics: { path_changed: change }, nulls: {} }
      : { metrics: { path_changed: null }, nulls: { path_changed: change ?? nulls['path'] ?? 'timeout' } };
  return { ...outcome, metrics: { ...metrics, ...part.metrics }, nulls: { ...nulls, ...part.nulls } };
}
