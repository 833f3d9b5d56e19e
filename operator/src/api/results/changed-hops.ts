import { type ComparedHop, type ComparedPath, changedFrom } from '@streamswarm/contract';
import type { TraceRow } from '../../store/queries/results/traces.ts';

type Way = Pick<TraceRow, 'path' | 'hops'>;

/**
 * For each trace of a stream, oldest first, the smallest TTL at which another router answered than was last seen
 * there; null where none did. `before` is what the first of them is compared with.
 */
export function changedHops(ways: readonly Way[], before: Way | null = null): (number | null)[] {
  let known = learned(NOTHING, before);
  return ways.map((way) => {
    const changed = way.path === null ? null : changedFrom(way.path, known);
    known = learned(changed === null ? known : NOTHING, way);
    return changed;
  });
}

const NOTHING: ComparedPath = { hops: [], reached: false };

/** What was last seen at each TTL: a hop that is silent for a while is still known. */
function learned({ hops, reached }: ComparedPath, way: Way | null): ComparedPath {
  const byTtl = new Map<number, ComparedHop>(hops.map((hop) => [hop.ttl, hop]));
  for (const hop of way?.path ?? []) {
    if (hop.address !== null || !byTtl.has(hop.ttl)) byTtl.set(hop.ttl, hop);
  }
  return {
    hops: [...byTtl.values()].sort((a, b) => a.ttl - b.ttl),
    reached: reached || (way?.hops ?? null) !== null,
  };
}
