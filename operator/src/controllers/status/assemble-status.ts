import { isDeepStrictEqual } from 'node:util';
import type { Condition, StreamTestStatus } from '@streamswarm/contract';
import type { DecidedStatus } from '../../domain/status/decide-status.ts';
import { setCondition } from '../../kube/conditions.ts';

type Wanted = Partial<Omit<DecidedStatus, 'conditions'>> & Pick<DecidedStatus, 'conditions'>;

/** The status to be written: a condition keeps the time of its last change, one that is not wanted goes. */
export function assembleStatus(
  stored: StreamTestStatus | undefined,
  wanted: Wanted,
  nowIso: string,
): StreamTestStatus {
  const kept = (stored?.conditions ?? []).filter(({ type }) =>
    wanted.conditions.some((condition) => condition.type === type),
  );
  const conditions = wanted.conditions.reduce<readonly Condition[]>(
    (list, condition) =>
      setCondition(list, { ...condition, observedGeneration: wanted.observedGeneration ?? 0 }, nowIso),
    kept,
  );
  return { ...wanted, conditions: [...conditions] };
}

/** Equal as stored: the order of keys and absent fields do not count. */
export function isSameStatus(a: StreamTestStatus | undefined, b: StreamTestStatus): boolean {
  return a !== undefined && isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
}
