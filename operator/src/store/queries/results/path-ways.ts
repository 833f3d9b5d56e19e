import type { TraceHop } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import { sampleTable } from '../../tables/columns.ts';
import { type QueryWindow, type Selection, selectedSpans, selectionValues } from './selection.ts';

/** A trace that saw other addresses than the one before it of its stream, or the first of a stream that has such. */
export interface WayRow {
  readonly stream: string;
  readonly namespace: string;
  readonly test: string;
  readonly probe: string;
  readonly agent: string;
  /** In a mesh `name/far agent`. */
  readonly destination: string;
  readonly atMs: number;
  readonly hops: number | null;
  readonly path: readonly TraceHop[];
}

export interface WayReading {
  /** Streams of tests that are there, with a trace that something answered. */
  readonly streams: number;
  readonly agents: number;
  /** By stream, oldest first. */
  readonly ways: readonly WayRow[];
}

/**
 * The traces of a window at which a stream went another way, so far as addresses tell; whether one router contradicts
 * another is not said here. A trace like the one before it teaches nothing new, so that few of them are handed on.
 * `destination` in a mesh names one far agent as `name/far agent`.
 */
export async function pathWays(
  db: Queryable,
  selection: Selection,
  window: QueryWindow,
): Promise<WayReading> {
  const [destination = null] = selection.destination?.split('/') ?? [];
  const [row] = await db.query<{ reading: WayReading }>(
    `with streams as (
       select distinct s.agent, s.destination, s.probe, s.stream, t.namespace, t.name as test
       from (${selectedSpans({ ...selection, by: 'stream' }, 'sp.stream, sp.probe, sp.test_uid')}) as s
       join stream_test t on t.uid = s.test_uid and t.deleted_at is null
       where $11::text is null or s.destination = $11 or split_part(s.destination, '/', 1) = $11
     ), traces as (
       select s.stream, s.agent, r.ts, r.hops, r.path_hash, jsonb_path_query_array(r.path, '$[*].others') as others
       from streams s
       join "${sampleTable('trace')}" r on r.stream = s.stream and r.ts >= $9::timestamptz and r.ts < $10::timestamptz
       where r.path is not null
     ), compared as (
       select *, (path_hash, hops, others) is distinct from lag((path_hash, hops, others)) over by_time as is_other
       from traces window by_time as (partition by stream order by ts)
     ), ways as (
       select stream, ts, count(*) over (partition by stream) as count from compared where is_other
     )
     select json_build_object(
       'streams', (select count(distinct stream) from traces),
       'agents', (select count(distinct agent) from traces),
       'ways', coalesce((select json_agg(json_build_object('stream', stream::text, 'namespace', namespace,
         'test', test, 'probe', probe, 'agent', agent, 'destination', destination,
         'atMs', extract(epoch from ts) * 1000, 'hops', r.hops, 'path', r.path) order by stream, ts)
         from ways join streams using (stream) join "${sampleTable('trace')}" r using (stream, ts)
         where count > 1), '[]')
     ) as reading`,
    [
      ...selectionValues({ ...selection, destination }, window),
      new Date(window.fromMs).toISOString(),
      new Date(window.toMs).toISOString(),
      selection.destination,
    ],
  );
  if (row === undefined) throw new Error('an aggregate without a row');
  return row.reading;
}
