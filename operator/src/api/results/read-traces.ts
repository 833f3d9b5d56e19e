import {
  MAX_TIMELINE,
  type Trace,
  type TracedHop,
  type TraceHop,
  type TracePoint,
  type TraceTimeline,
} from '@streamswarm/contract';
import type { Reads } from '../../store/queries/reads.ts';
import type { StreamWindow, TraceRow } from '../../store/queries/results/traces.ts';
import { iso, isoOrNull } from '../window/window.ts';
import { changedHops } from './changed-hops.ts';

/** The traces of a stream one by one, each compared with what was known before it. */
export async function readTimeline(reads: Reads, of: StreamWindow): Promise<TraceTimeline> {
  // One more tells whether there are more, and is what the oldest shown is compared with.
  const rows = (await reads.traces(of, MAX_TIMELINE + 1)).toReversed();
  const [left, ...rest] = rows;
  const isCut = rows.length > MAX_TIMELINE && left !== undefined;
  const shown = isCut ? rest : rows;
  return {
    probe: of.probe,
    agent: of.agent,
    destination: of.destination,
    from: iso(of.fromMs),
    to: iso(of.toMs),
    oldestRead: isoOrNull(isCut ? (shown[0]?.atMs ?? null) : null),
    traces: tracePoints(shown, isCut ? left : null),
  };
}

/** One trace with all of its hops; null where none was due at that moment. */
export async function readTrace(reads: Reads, of: Omit<StreamWindow, 'toMs'>): Promise<Trace | null> {
  const [row] = await reads.traces({ ...of, toMs: of.fromMs + 1 }, 1);
  if (row === undefined) return null;
  const { probe, agent, destination } = of;
  return {
    probe,
    agent,
    destination,
    ...facts(row),
    address: row.address,
    path: (row.path ?? []).map(hopOf),
  };
}

function tracePoints(rows: readonly TraceRow[], before: TraceRow | null): TracePoint[] {
  const changed = changedHops(rows, before);
  return rows.map((row, i) => ({
    ...facts(row),
    medians: (row.path ?? []).map(({ rtts_seconds }) => medianOf(rtts_seconds)),
    changedFrom: changed[i] ?? null,
  }));
}

function facts({ atMs, outcome, source, reason, hash, hops }: TraceRow) {
  const why = reason === null ? source : `${source ?? 'unknown'}.${reason}`;
  return { at: iso(atMs), outcome, reason: why, hash, hops };
}

function hopOf({ ttl, address, sent, rtts_seconds: rtts, unreachable, others }: TraceHop): TracedHop {
  return {
    ttl,
    address,
    sent,
    lost: sent - rtts.length,
    minSeconds: rtts.length === 0 ? null : Math.min(...rtts),
    medianSeconds: medianOf(rtts),
    maxSeconds: rtts.length === 0 ? null : Math.max(...rtts),
    unreachable: unreachable ?? null,
    others: [...(others ?? [])],
  };
}

/** By nearest rank, as percentile_disc has it: one of the values, never one between two. */
function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1] ?? null;
}
