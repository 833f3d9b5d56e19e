import { type Limit, limitsOf, type StreamTestSpec } from '@streamswarm/contract';
import type { MeasuredSlot } from '../../domain/findings/decide-finding.ts';
import type { Queryable } from '../database.ts';
import { sampleTable } from '../tables/columns.ts';

export interface LimitedTest {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly limits: readonly Limit[];
}

/** Tests that have limits. */
export async function limitedTests(db: Queryable): Promise<LimitedTest[]> {
  const rows = await db.query<{ uid: string; namespace: string; name: string; spec: StreamTestSpec }>(
    `select uid, namespace, name, spec from stream_test
     where deleted_at is null and jsonb_array_length(coalesce(spec->'thresholds', '[]')) > 0`,
  );
  return rows.map(({ spec, ...test }) => ({ ...test, limits: limitsOf(spec) }));
}

export interface LimitedStream {
  /** As text: a stream is a 64-bit number. */
  readonly stream: string;
  readonly agent: string;
  readonly destination: string;
  readonly probe: string;
  /** Newest first. */
  readonly newest: readonly MeasuredSlot[];
}

/** Slots that measured nothing may lie between; older ones say nothing about now. */
const REACH_PERIODS = 4;
const REACH_MS = 300_000;

/** Streams of a test that are open and measure a limit's metric, each with the newest slots that did. */
export async function limitedStreams(
  db: Queryable,
  testUid: string,
  { kind, metric, slots }: Limit,
): Promise<LimitedStream[]> {
  const rows = await db.query<Omit<LimitedStream, 'newest'> & { dues: number[]; values: number[] }>(
    `select s.stream::text as stream, s.agent, s.destination, s.probe, n.dues, n.values
     from (select distinct on (sp.stream) sp.stream, a.name as agent, sp.probe, sp.period_ms,
             concat_ws('/', nullif(sp.destination, ''), far.name) as destination
           from span sp join agent a on a.id = sp.agent_id left join agent far on far.id = sp.endpoint
           where sp.test_uid = $1 and sp.kind = $2 and sp.to_ms is null) as s
     cross join lateral (
       select coalesce(array_agg(due order by due desc), '{}') as dues,
         coalesce(array_agg(value order by due desc), '{}') as values
       from (select extract(epoch from r.ts)::float8 * 1000 as due, r."${metric}"::float8 as value
             from "${sampleTable(kind)}" r
             where r.stream = s.stream and r."${metric}" is not null
               and r.ts > clock_timestamp()
                 - make_interval(secs => (${REACH_MS} + ${REACH_PERIODS} * $3::float8 * s.period_ms) / 1000)
             order by r.ts desc limit $3) as recent
     ) as n`,
    [testUid, kind, slots],
  );
  return rows.map(({ dues, values, ...stream }) => ({
    ...stream,
    newest: dues.flatMap((dueMs, i) => {
      const value = values[i];
      return value === undefined ? [] : [{ dueMs, value }];
    }),
  }));
}
