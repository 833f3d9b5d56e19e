import { type ComparedPath, changedFrom, learnedPath, UNKNOWN_PATH } from '@streamswarm/contract';
import type { TraceRow } from '../../store/queries/results/traces.ts';

type Way = Pick<TraceRow, 'path' | 'hops'>;

/**
 * For each trace of a stream, oldest first, the smallest TTL at which another router answered than was last seen
 * there; null where none did. `before` is what the first of them is compared with.
 */
export function changedHops(ways: readonly Way[], before: Way | null = null): (number | null)[] {
  let known = before === null ? UNKNOWN_PATH : learnedPath(UNKNOWN_PATH, pathOf(before));
  return ways.map((way) => {
    const changed = way.path === null ? null : changedFrom(way.path, known);
    known = learnedPath(changed === null ? known : UNKNOWN_PATH, pathOf(way));
    return changed;
  });
}

function pathOf({ path, hops }: Way): ComparedPath {
  return { hops: path ?? [], reached: hops !== null };
}
