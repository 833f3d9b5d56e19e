import type { TraceHop } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import { sampleTable } from '../../tables/columns.ts';
import { type QueryWindow, selectedSpans, selectionValues } from './selection.ts';

/** A stream of traces, and the time of it that is meant. */
export interface StreamWindow extends QueryWindow {
  readonly testUid: string;
  /** Name of the probe in the test. */
  readonly probe: string;
  readonly agent: string;
  /** In a mesh `name/far agent`. */
  readonly destination: string;
}

export interface TraceRow {
  readonly atMs: number;
  readonly outcome: 'ok' | 'lost' | 'error';
  readonly source: string | null;
  readonly reason: string | null;
  readonly address: string | null;
  readonly hops: number | null;
  readonly hash: string | null;
  readonly path: readonly TraceHop[] | null;
}

/** The traces of a stream, newest first, at most `limit`. */
export async function traces(db: Queryable, of: StreamWindow, limit: number): Promise<TraceRow[]> {
  const [destination = ''] = of.destination.split('/');
  const selection = { ...of, kind: 'trace', destination, by: 'stream' } as const;
  return await db.query<TraceRow>(
    `select (extract(epoch from r.ts) * 1000)::float8 as "atMs", r.outcome, r.source, r.reason,
       host(r.address) as address, r.hops::float8 as hops, r.path_hash as hash, r.path
     from (select distinct stream from (${selectedSpans(selection, 'sp.stream')}) as spans
           where spans.destination = $9) as s
     join "${sampleTable('trace')}" r on r.stream = s.stream and r.ts >= $10::timestamptz and r.ts < $11::timestamptz
     order by r.ts desc limit $12`,
    [
      ...selectionValues(selection, of),
      of.destination,
      new Date(of.fromMs).toISOString(),
      new Date(of.toMs).toISOString(),
      limit,
    ],
  );
}
