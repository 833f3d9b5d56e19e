import { histogramQuantile } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';
import { zip } from './results/result-values.ts';
import type { QueryWindow } from './results/selection.ts';

export interface FleetFigures {
  readonly sent: number;
  readonly lost: number;
  readonly p95Seconds: number | null;
  readonly selfErrorP99Seconds: number | null;
}

/** icmp over all tests: packets, round trip and own error, from the minutes that begin in the window. */
export async function fleetFigures(db: Queryable, window: QueryWindow): Promise<FleetFigures> {
  const values = [new Date(window.fromMs).toISOString(), new Date(window.toMs).toISOString()];
  const inWindow = 'm.ts >= $1::timestamptz and m.ts < $2::timestamptz';
  const quantile = async (column: string, q: number): Promise<number | null> => {
    const [row] = await db.query<{ keys: number[] | null; counts: number[] | null }>(
      `select array_agg(key order by key) as keys, array_agg(count order by key) as counts
       from (select m.${column}[i] as key, sum(m.${column}[i + 1])::int4 as count from probe_icmp_1m m
             cross join generate_series(1, cardinality(m.${column}), 2) as i where ${inWindow} group by 1) as buckets`,
      values,
    );
    return histogramQuantile(zip(row?.keys ?? [], row?.counts ?? []), q);
  };
  const [packets, p95Seconds, selfErrorP99Seconds] = await Promise.all([
    db.query<{ sent: number; lost: number }>(
      `select coalesce(sum(sent_sum), 0)::float8 as sent,
         coalesce(sum(sent_sum) - sum(received_sum), 0)::float8 as lost
       from probe_icmp_1m m where ${inWindow}`,
      values,
    ),
    quantile('rtts_seconds_hist', 0.95),
    quantile('self_error_seconds_hist', 0.99),
  ]);
  return { sent: packets[0]?.sent ?? 0, lost: packets[0]?.lost ?? 0, p95Seconds, selfErrorP99Seconds };
}

/** Slots that are answered, among those due in a window of whole minutes. */
export async function answeredSlots(db: Queryable, window: QueryWindow): Promise<number> {
  const [row] = await db.query<{ slots: number }>(
    `select coalesce(sum(m.ok + m.lost + m.error), 0)::float8 as slots
     from span sp join slot_minute m on m.span_id = sp.id and m.minute >= $1 and m.minute < $2
     where sp.from_ms < $4::int8 and (sp.to_ms is null or sp.to_ms > $3::int8)`,
    [
      Math.floor(window.fromMs / 60_000),
      Math.ceil(window.toMs / 60_000),
      Math.floor(window.fromMs),
      Math.ceil(window.toMs),
    ],
  );
  return row?.slots ?? 0;
}
