import { MAX_PHASE_REQUESTS, NEAR_P95, type Phases } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import { sampleTable } from '../../tables/columns.ts';
import { type QueryWindow, type Selection, selectedSpans, selectionValues } from './selection.ts';

export interface SlowPhasesRow {
  readonly agent: string;
  readonly requests: number;
  readonly near: number;
  readonly p95Seconds: number;
  readonly seconds: number;
  /** In the order of the parts. */
  readonly parts: readonly (number | null)[];
}

export interface SlowPhasesReading {
  /** Due times before it were left out, ms; null where nothing was. */
  readonly oldestReadMs: number | null;
  /** Slowest mean first, as the bars are drawn. */
  readonly agents: readonly SlowPhasesRow[];
}

/**
 * Mean phases of the requests near the 95th percentile of each agent. Of a long time the newest slots are read: how
 * far back they reach follows from the periods of the streams, so that nothing older is even looked at.
 */
export async function slowPhases(
  db: Queryable,
  selection: Selection,
  window: QueryWindow,
  { total, parts }: Phases,
): Promise<SlowPhasesReading> {
  const spans = `(${selectedSpans({ ...selection, by: 'agent' }, 'sp.stream, sp.period_ms, sp.to_ms')}) as spans`;
  const means = parts.map(
    (part) => `case when count("${part}") > 0 then sum(coalesce("${part}", 0)::float8) / count(*) end`,
  );
  const [row] = await db.query<{ reading: SlowPhasesReading }>(
    `with streams as (
       select agent, stream, min(period_ms) as period_ms, max(coalesce(to_ms, $7::int8)) as to_ms
       from ${spans} group by agent, stream
     ), reach as (
       select greatest($6::float8, least($7::float8, max(to_ms)) - ${MAX_PHASE_REQUESTS} / sum(1.0 / period_ms)) as from_ms
       from streams
     ), ranked as (
       select s.agent, r."${total}" as whole, ${parts.map((part) => `r."${part}"`).join(', ')},
         row_number() over (partition by s.agent order by r."${total}") as rank,
         count(*) over (partition by s.agent) as requests
       from streams s join "${sampleTable(selection.kind)}" r
         on r.stream = s.stream and r.ts >= to_timestamp((select from_ms from reach) / 1000)
           and r.ts < to_timestamp($7::float8 / 1000)
       where r."${total}" is not null
     ), agents as (
       select agent, requests, count(*) as near,
         max(whole) filter (where rank = ceil(0.95 * requests)) as p95, avg(whole) as seconds,
         json_build_array(${means.join(', ')}) as parts
       from ranked
       where rank between ceil(${NEAR_P95.from} * requests) and ceil(${NEAR_P95.to} * requests)
       group by agent, requests
     )
     select json_build_object(
       'oldestReadMs', (select case when from_ms > $6::float8 then from_ms end from reach),
       'agents', coalesce((select json_agg(json_build_object('agent', agent, 'requests', requests, 'near', near,
         'p95Seconds', p95::text::float8, 'seconds', seconds, 'parts', parts) order by seconds desc, agent) from agents), '[]')
     ) as reading`,
    selectionValues(selection, window),
  );
  if (row === undefined) throw new Error('an aggregate without a row');
  return row.reading;
}
