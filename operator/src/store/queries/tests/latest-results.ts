import type { Queryable } from '../../database.ts';
import { ALL_PROBES, sampleTable } from '../../tables/columns.ts';

/**
 * Due time of the newest sample of each test, in milliseconds; null uids: of every test. The books say in which
 * minute the last answer of a span lies, so that only that minute of one day is looked at. Where its samples are kept no longer, the closed books know it.
 */
export async function latestResults(
  db: Queryable,
  uids: readonly string[] | null,
): Promise<Map<string, number>> {
  const newest = ALL_PROBES.map(
    ({ name }) => `select x.test_uid as uid, max(r.ts) as ts
      from (
        select sp.test_uid, sp.stream, to_timestamp(last.minute::float8 * 60) as from_ts
        from span sp
        cross join lateral (select minute from slot_minute where span_id = sp.id order by minute desc limit 1) as last
        where ($1::uuid[] is null or sp.test_uid = any($1)) and sp.kind = '${name}'
      ) as x
      join "${sampleTable(name)}" r on r.stream = x.stream and r.ts >= x.from_ts and r.ts < x.from_ts + interval '1 minute'
      group by x.test_uid`,
  );
  const rows = await db.query<{ uid: string; ts: Date }>(
    `select uid, max(ts) as ts from (
       ${newest.join(' union all ')}
       union all
       select test_uid, to_timestamp(last_ms / 1000.0) from span_closed join span on span.id = span_id
       where last_ms is not null and ($1::uuid[] is null or test_uid = any($1))
     ) as kinds group by uid`,
    [uids],
  );
  return new Map(rows.map(({ uid, ts }) => [uid, ts.getTime()]));
}
