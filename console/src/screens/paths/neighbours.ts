import type { TracePoint } from '@streamswarm/contract/wire/traces';

/** With what a trace is compared: the last one that went another way, or the one before it, whatever that saw. */
export const AGAINSTS = ['path', 'trace'] as const;
export type Against = (typeof AGAINSTS)[number];

/** Place of the newest trace that is not after a moment; -1 where all are. `traces` stand oldest first. */
export function placeAt(traces: readonly Pick<TracePoint, 'at'>[], at: string | null): number {
  if (at === null) return traces.length - 1;
  const ms = Date.parse(at);
  return traces.findLastIndex((trace) => Date.parse(trace.at) <= ms);
}

/** The trace that the one at `place` is compared with; null where this time holds none. */
export function comparedWith(
  traces: readonly TracePoint[],
  place: number,
  against: Against,
): TracePoint | null {
  const earlier = traces.slice(0, Math.max(0, place));
  const own = traces[place]?.hash ?? null;
  if (against === 'trace') return earlier.findLast(({ hash }) => hash !== null) ?? null;
  return earlier.findLast(({ hash }) => hash !== null && hash !== own) ?? null;
}

/** Where a key leads from a trace; null for a key that does not move. */
export function movedTo(key: string, place: number, count: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: place - 1,
    ArrowDown: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place + 1,
    PageUp: place + 10,
    PageDown: place - 10,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}
