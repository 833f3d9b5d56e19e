import type { Queryable } from '../../database.ts';
import { sampleTable } from '../../tables/columns.ts';
import { type QueryWindow, type Selection, selectedSpans, selectionValues } from './selection.ts';

/** A week of one stream at a trace a minute, or an hour of 160 of them. */
export const MAX_TRACES = 10_000;
export const MAX_PATHS = 200;

/** What the traces of one path say of one TTL; `lost` are the packets that nothing answered. */
export interface PathHopRow {
  readonly ttl: number;
  readonly address: string | null;
  readonly sent: number;
  readonly lost: number;
  readonly minSeconds: number | null;
  readonly medianSeconds: number | null;
  readonly maxSeconds: number | null;
  readonly unreachable: string | null;
}

export interface PathRow {
  readonly hash: string;
  readonly agent: string;
  readonly destination: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly traces: number;
  readonly reached: number;
  readonly hops: readonly PathHopRow[];
}

export interface PathReading {
  /** Traces that were read, the newest of the window, at most `MAX_TRACES`. */
  readonly traces: number;
  readonly unanswered: number;
  /** Begin of the oldest of these, where that many were read; ms. */
  readonly oldestReadMs: number | null;
  readonly distinct: number;
  /** Last seen first, at most `MAX_PATHS`. */
  readonly paths: readonly PathRow[];
}

const PATH = 'agent, destination, path_hash';

/** The paths that the traces of a selection saw in a window, each stream apart, as of one moment. */
export async function networkPaths(
  db: Queryable,
  selection: Selection,
  window: QueryWindow,
): Promise<PathReading> {
  const [row] = await db.query<{ reading: PathReading }>(
    `with traces as (
       select s.agent, s.destination, r.ts, r.hops, r.path_hash, r.path
       from (select distinct agent, destination, stream
             from (${selectedSpans({ ...selection, by: 'stream' }, 'sp.stream')}) as spans) as s
       join "${sampleTable('trace')}" r on r.stream = s.stream and r.ts >= $9::timestamptz and r.ts < $10::timestamptz
       order by r.ts desc limit ${MAX_TRACES}
     ), paths as (
       select ${PATH}, min(ts) as first_seen, max(ts) as last_seen, count(*) as traces, count(hops) as reached
       from traces where path_hash is not null group by ${PATH}
     ), shown as (
       select * from paths order by last_seen desc, ${PATH} limit ${MAX_PATHS}
     ), hops as (
       select ${PATH}, h.ttl, h.address,
         sum(h.sent) filter (where coalesce(v.place, 1) = 1) as sent, count(v.rtt) as received,
         min(v.rtt) as min, percentile_disc(0.5) within group (order by v.rtt) as median, max(v.rtt) as max,
         max(h.unreachable) as unreachable
       from shown join traces using (${PATH})
       cross join lateral jsonb_to_recordset(path)
         as h(ttl int, address text, sent int, rtts_seconds float8[], unreachable text)
       left join lateral unnest(h.rtts_seconds) with ordinality as v(rtt, place) on true
       group by ${PATH}, h.ttl, h.address
     ), listed as (
       select shown.*, (
         select json_agg(json_build_object('ttl', ttl, 'address', address, 'sent', sent, 'lost', sent - received,
           'minSeconds', min, 'medianSeconds', median, 'maxSeconds', max, 'unreachable', unreachable)
           order by ttl, address)
         from hops where (hops.agent, hops.destination, hops.path_hash) = (shown.agent, shown.destination, shown.path_hash)
       ) as hops
       from shown
     )
     select json_build_object(
       'traces', (select count(*) from traces),
       'unanswered', (select count(*) from traces where path_hash is null),
       'oldestReadMs', (select case when count(*) = ${MAX_TRACES} then extract(epoch from min(ts)) * 1000 end from traces),
       'distinct', (select count(*) from paths),
       'paths', coalesce((select json_agg(json_build_object('hash', path_hash, 'agent', agent,
         'destination', destination, 'firstSeenMs', extract(epoch from first_seen) * 1000,
         'lastSeenMs', extract(epoch from last_seen) * 1000, 'traces', traces, 'reached', reached, 'hops', hops)
         order by last_seen desc, ${PATH}) from listed), '[]')
     ) as reading`,
    [
      ...selectionValues(selection, window),
      new Date(window.fromMs).toISOString(),
      new Date(window.toMs).toISOString(),
    ],
  );
  if (row === undefined) throw new Error('an aggregate without a row');
  return row.reading;
}
