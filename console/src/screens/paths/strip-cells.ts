import type { TracePoint } from '@streamswarm/contract/wire/traces';

/** The place of a trace on the time axis, ms. */
export interface Column {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A trace that comes later than so many periods leaves a gap before it. */
const LATE = 1.5;

/** From when to when the mark of each trace stands: up to the next one, and never over a gap. */
export function columnsOf(traces: readonly Pick<TracePoint, 'at'>[], periodMs: number): Column[] {
  const at = traces.map((trace) => Date.parse(trace.at));
  return at.map((fromMs, i) => {
    const next = at[i + 1] ?? Number.POSITIVE_INFINITY;
    return { fromMs, toMs: next - fromMs > periodMs * LATE ? fromMs + periodMs : next };
  });
}

/** Where traces are missing: between two of them, and behind the last one up to `endMs`. */
export function gapsOf(
  columns: readonly Column[],
  { periodMs, endMs }: { readonly periodMs: number; readonly endMs: number },
): Column[] {
  return columns.flatMap(({ toMs }, i) => {
    const next = columns[i + 1];
    // The newest trace comes in a while after it was due.
    const until = next?.fromMs ?? (endMs - toMs > periodMs * LATE ? endMs : toMs);
    return until <= toMs ? [] : [{ fromMs: toMs, toMs: until }];
  });
}

/** What became of a trace, as a form of its own. */
export type Mark = 'path' | 'unreached' | 'silent' | 'error';

export function markOf({ hash, hops, outcome }: Pick<TracePoint, 'hash' | 'hops' | 'outcome'>): Mark {
  if (hash === null) return outcome === 'error' ? 'error' : 'silent';
  return hops === null ? 'unreached' : 'path';
}

/** Neighbours that look the same, as one: their names need room. */
export interface MarkRun {
  /** Places of the first and behind the last. */
  readonly first: number;
  readonly end: number;
  readonly mark: Mark;
  readonly hash: string | null;
}

export function markRuns(traces: readonly TracePoint[], columns: readonly Column[]): MarkRun[] {
  const runs: MarkRun[] = [];
  traces.forEach((trace, i) => {
    const [last, mark] = [runs.at(-1), markOf(trace)];
    const adjoins = columns[i - 1]?.toMs === columns[i]?.fromMs;
    if (last !== undefined && adjoins && last.mark === mark && last.hash === trace.hash)
      runs[runs.length - 1] = { ...last, end: i + 1 };
    else runs.push({ first: i, end: i + 1, mark, hash: trace.hash });
  });
  return runs;
}

/** Place of the trace whose column holds a moment, or of the nearest one; -1 where there are none. */
export function columnAt(columns: readonly Column[], ms: number): number {
  const after = columns.findIndex(({ toMs }) => ms < toMs);
  const [at, before] = [columns[after], columns[after - 1]];
  if (at === undefined) return columns.length - 1;
  return before !== undefined && ms < at.fromMs && ms - before.toMs < at.fromMs - ms ? after - 1 : after;
}
