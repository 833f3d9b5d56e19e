/** What is compared of a hop. */
export interface ComparedHop {
  readonly ttl: number;
  /** Null: silent. */
  readonly address: string | null;
  readonly others?: readonly string[];
}

/** A path to compare with. */
export interface ComparedPath {
  readonly hops: readonly ComparedHop[];
  /** Whether its last hop is the destination. */
  readonly reached: boolean;
}

/** Nothing is known of a path yet. */
export const UNKNOWN_PATH: ComparedPath = { hops: [], reached: false };

/** What is known of a path after one more look at it: a hop that is silent for a while is still known. */
export function learnedPath(known: ComparedPath, seen: ComparedPath): ComparedPath {
  const byTtl = new Map<number, ComparedHop>(known.hops.map((hop) => [hop.ttl, hop]));
  for (const hop of seen.hops) {
    if (hop.address !== null || !byTtl.has(hop.ttl)) byTtl.set(hop.ttl, hop);
  }
  return {
    hops: [...byTtl.values()].sort((a, b) => a.ttl - b.ttl),
    reached: known.reached || seen.reached,
  };
}

/**
 * For each hop whether it may be the same router as the other path has at that TTL. Only another address contradicts:
 * a hop that is silent in one of them may be any. Beyond the destination of the other path only the destination may
 * answer, because a lost answer moves it there.
 */
export function sameHops(hops: readonly ComparedHop[], other: ComparedPath): boolean[] {
  const byTtl = new Map(other.hops.map((hop) => [hop.ttl, hop]));
  const end = other.reached ? other.hops.at(-1) : undefined;
  return hops.map((hop) => {
    const there = byTtl.get(hop.ttl) ?? end;
    return there === undefined || mayBeSame(hop, there);
  });
}

function mayBeSame(a: ComparedHop, b: ComparedHop): boolean {
  if (a.address === null || b.address === null) return true;
  const addresses = [b.address, ...(b.others ?? [])];
  return [a.address, ...(a.others ?? [])].some((address) => addresses.includes(address));
}

/** TTL of the first hop that is another router than in the other path; null where none is. */
export function changedFrom(hops: readonly ComparedHop[], other: ComparedPath): number | null {
  return hops[sameHops(hops, other).indexOf(false)]?.ttl ?? null;
}
