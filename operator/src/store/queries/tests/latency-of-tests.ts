import { type Histogram, histogramQuantile, mergeHistograms, type ProbeName } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import { minuteTable } from '../../tables/columns.ts';
import { zip } from '../results/result-values.ts';
import { type SteppedWindow, stepIndex } from '../results/selection.ts';

/** What a list shows of one test over its window. */
export interface TestLatency {
  /** icmp: packets; tcp: slots that were ok or lost. */
  readonly sent: number;
  readonly lost: number;
  readonly p95Seconds: number | null;
  /** 95th percentile by step; null where nothing was measured. */
  readonly p95BySteps: (number | null)[];
}

const METRICS = {
  icmp: { histogram: 'rtts_seconds_hist', sent: 'sum(sent_sum)', lost: 'sum(sent_sum) - sum(received_sum)' },
  tcp: { histogram: 'connect_seconds_hist', sent: 'sum(ok + lost)', lost: 'sum(lost)' },
} as const satisfies Partial<Record<ProbeName, { histogram: string; sent: string; lost: string }>>;

export type LatencyKind = keyof typeof METRICS;

interface Row {
  readonly uid: string;
  readonly bin: Date;
  readonly sent: number | null;
  readonly lost: number | null;
  readonly keys: number[] | null;
  readonly counts: number[] | null;
}

/** Loss and p95 of many tests at once, from the minutes that begin in the window. */
export async function latencyOfTests(
  db: Queryable,
  kind: LatencyKind,
  uids: readonly string[],
  window: SteppedWindow,
): Promise<Map<string, TestLatency>> {
  const { histogram, sent, lost } = METRICS[kind];
  const rows = await db.query<Row>(
    `with minute as materialized (
       select s.test_uid, date_bin($4::interval, m.ts, $2::timestamptz) as bin, m.*
       from (select distinct stream, test_uid from span where test_uid = any($1::uuid[]) and kind = '${kind}') as s
       join "${minuteTable(kind)}" m on m.stream = s.stream and m.ts >= $2::timestamptz and m.ts < $3::timestamptz
     ), slots as (
       select test_uid, bin, (${sent})::float8 as sent, (${lost})::float8 as lost from minute group by test_uid, bin
     ), buckets as (
       select test_uid, bin, ${histogram}[i] as key, sum(${histogram}[i + 1])::int4 as count
       from minute cross join generate_series(1, cardinality(${histogram}), 2) as i group by 1, 2, 3
     ), merged as (
       select test_uid, bin, array_agg(key order by key) as keys, array_agg(count order by key) as counts
       from buckets group by test_uid, bin
     )
     select test_uid as uid, bin, sent, lost, keys, counts from slots left join merged using (test_uid, bin)`,
    [
      uids,
      new Date(window.fromMs).toISOString(),
      new Date(window.toMs).toISOString(),
      `${window.stepMs} milliseconds`,
    ],
  );
  const byTest = Map.groupBy(rows, (row) => row.uid);
  return new Map([...byTest].map(([uid, steps]) => [uid, latency(steps, window)]));
}

function latency(rows: readonly Row[], window: SteppedWindow): TestLatency {
  const steps = Math.round((window.toMs - window.fromMs) / window.stepMs);
  const p95BySteps = new Array<number | null>(steps).fill(null);
  const histograms: Histogram[] = [];
  for (const { bin, keys, counts } of rows) {
    const histogram = zip(keys ?? [], counts ?? []);
    histograms.push(histogram);
    p95BySteps[stepIndex(bin, window)] = histogramQuantile(histogram, 0.95);
  }
  return {
    sent: rows.reduce((sum, row) => sum + (row.sent ?? 0), 0),
    lost: rows.reduce((sum, row) => sum + (row.lost ?? 0), 0),
    p95Seconds: histogramQuantile(mergeHistograms(histograms), 0.95),
    p95BySteps,
  };
}
