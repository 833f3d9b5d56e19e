import { histogramQuantile, mergeHistograms } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';
import { minuteTable, sampleTable } from '../tables/columns.ts';
import { zip } from './results/result-values.ts';
import type { LatencyKind } from './tests/latency-of-tests.ts';

export interface AgentLatency {
  /** icmp: packets; tcp: slots that were ok or lost. */
  readonly sent: number;
  readonly lost: number;
  readonly p95Seconds: number | null;
}

export interface RunLatency extends AgentLatency {
  readonly agents: ReadonlyMap<string, AgentLatency>;
}

export interface RunWindow {
  readonly startMs: number;
  /** Its end, or now. */
  readonly endMs: number;
}

const RECENT_MS = 300_000;
/** So long a run is looked at sample by sample: its minutes are not whole yet, or shared with the run before it. */
const YOUNG_MS = 120_000;

/** Loss and 95th percentile of a run by agent, over its last five minutes. */
export async function runLatency(
  db: Queryable,
  kind: LatencyKind,
  run: { readonly id: string; readonly window: RunWindow },
): Promise<RunLatency> {
  const { startMs, endMs } = run.window;
  if (endMs - startMs < YOUNG_MS) return rawLatency(db, kind, { id: run.id, fromMs: startMs, endMs });
  const firstWhole = Math.ceil(startMs / 60_000);
  const fromMs = Math.max(firstWhole, Math.floor((endMs - RECENT_MS) / 60_000)) * 60_000;
  return minuteLatency(db, kind, { id: run.id, fromMs, endMs });
}

interface Part {
  readonly id: string;
  readonly fromMs: number;
  readonly endMs: number;
}

const parameters = ({ id, fromMs, endMs }: Part): unknown[] => [
  id,
  new Date(fromMs).toISOString(),
  new Date(endMs).toISOString(),
];

const RAW = {
  icmp: { values: 'unnest(rtts_seconds)', sent: 'sum(sent)', lost: 'sum(sent) - sum(received)' },
  tcp: {
    values: 'connect_seconds',
    sent: "count(*) filter (where outcome <> 'error')",
    lost: "count(*) filter (where outcome = 'lost')",
  },
} as const;

/** Out of the samples: exact. A row without an agent is the whole. */
async function rawLatency(db: Queryable, kind: LatencyKind, part: Part): Promise<RunLatency> {
  const { values, sent, lost } = RAW[kind];
  const rows = await db.query<AgentLatency & { agentId: string | null }>(
    `with sample as materialized (
       select s.agent_id, r.* from (select distinct stream, agent_id from span where run_id = $1 and kind = '${kind}') as s
       join "${sampleTable(kind)}" r on r.stream = s.stream and r.ts >= $2::timestamptz and r.ts < $3::timestamptz
     ), counted as (
       select agent_id, coalesce(${sent}, 0)::float8 as sent, coalesce(${lost}, 0)::float8 as lost
       from sample group by grouping sets ((agent_id), ())
     ), measured as (
       select agent_id, percentile_disc(0.95) within group (order by v)::text::float8 as p95
       from (select agent_id, ${values} as v from sample) as one group by grouping sets ((agent_id), ())
     )
     select counted.agent_id as "agentId", sent, lost, p95 as "p95Seconds"
     from counted left join measured on measured.agent_id is not distinct from counted.agent_id`,
    parameters(part),
  );
  const whole = rows.find((row) => row.agentId === null);
  return {
    sent: whole?.sent ?? 0,
    lost: whole?.lost ?? 0,
    p95Seconds: whole?.p95Seconds ?? null,
    agents: new Map(
      rows.flatMap(({ agentId, ...row }) => (agentId === null ? [] : [[agentId, row] as const])),
    ),
  };
}

const MINUTES = {
  icmp: { histogram: 'rtts_seconds_hist', sent: 'sum(sent_sum)', lost: 'sum(sent_sum) - sum(received_sum)' },
  tcp: { histogram: 'connect_seconds_hist', sent: 'sum(ok + lost)', lost: 'sum(lost)' },
} as const;

/** Out of the minutes: percentiles have the relative error of a histogram, 1 %. */
async function minuteLatency(db: Queryable, kind: LatencyKind, part: Part): Promise<RunLatency> {
  const { histogram, sent, lost } = MINUTES[kind];
  const rows = await db.query<{
    agentId: string;
    sent: number;
    lost: number;
    keys: number[] | null;
    counts: number[] | null;
  }>(
    `with minute as materialized (
       select s.agent_id, m.* from (select distinct stream, agent_id from span where run_id = $1 and kind = '${kind}') as s
       join "${minuteTable(kind)}" m on m.stream = s.stream and m.ts >= $2::timestamptz and m.ts < $3::timestamptz
     ), counted as (
       select agent_id, coalesce(${sent}, 0)::float8 as sent, coalesce(${lost}, 0)::float8 as lost
       from minute group by agent_id
     ), buckets as (
       select agent_id, ${histogram}[i] as key, sum(${histogram}[i + 1])::int4 as count
       from minute cross join generate_series(1, cardinality(${histogram}), 2) as i group by 1, 2
     ), merged as (
       select agent_id, array_agg(key order by key) as keys, array_agg(count order by key) as counts
       from buckets group by agent_id
     )
     select agent_id as "agentId", sent, lost, keys, counts from counted left join merged using (agent_id)`,
    parameters(part),
  );
  const histograms = rows.map(({ keys, counts }) => zip(keys ?? [], counts ?? []));
  const sum = (of: 'sent' | 'lost'): number => rows.reduce((total, row) => total + row[of], 0);
  return {
    sent: sum('sent'),
    lost: sum('lost'),
    p95Seconds: histogramQuantile(mergeHistograms(histograms), 0.95),
    agents: new Map(
      rows.map((row, i) => [
        row.agentId,
        { sent: row.sent, lost: row.lost, p95Seconds: histogramQuantile(histograms[i] ?? [], 0.95) },
      ]),
    ),
  };
}
