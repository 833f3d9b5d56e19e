import type { PlanRevision } from '@streamswarm/contract';
import type { PlanRevisionRow } from '../../store/queries/tests/plan-revisions.ts';
import { iso, isoOrNull } from '../window/window.ts';

export function revisionView({ startMs, periodMs, fromMs, toMs, ...row }: PlanRevisionRow): PlanRevision {
  return {
    ...row,
    start: iso(startMs),
    periodSeconds: periodMs / 1_000,
    from: iso(fromMs),
    to: isoOrNull(toMs),
  };
}
